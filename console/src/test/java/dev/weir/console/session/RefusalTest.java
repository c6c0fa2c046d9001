package dev.weir.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.session.SessionException.Reason;
import dev.weir.console.text.Messages;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

class RefusalTest {
    private final Messages english = new Messages(Locale.US, ZoneOffset.UTC);
    private final Messages chinese = new Messages(Locale.CHINA, ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource(Reason.class)
    void eachSortIsToldInTheLanguageInUseAboveTheServersWords(Reason reason) {
        SessionException why = new SessionException(reason, "node n1: is busy", List.of());

        assertThat(Refusal.words(why, english)).endsWith("\nnode n1: is busy");
        assertThat(Refusal.headline(why, chinese))
                .matches("[^a-z]+")
                .isNotEqualTo(Refusal.headline(why, english));
    }
}
