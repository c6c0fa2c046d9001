package dev.weir.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.console.connect.ConnectViewModel;
import dev.weir.console.session.LiveSession;
import dev.weir.console.session.ProvisioningState;
import dev.weir.console.settings.ThemeChoice;
import dev.weir.console.virtualserver.RuleForm;
import dev.weir.model.Diagnosis;
import dev.weir.model.Engine;
import dev.weir.model.FailureReason;
import dev.weir.model.Kind;
import dev.weir.model.Operation;
import dev.weir.model.RouteMatch;
import dev.weir.model.Target;
import dev.weir.model.TargetGroup;
import dev.weir.model.VirtualServer;
import dev.weir.snmp.OperState;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/weir/console");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+\\.[A-Za-z0-9.-]+)\"");

    /// Keys that are put together at run time.
    private static final List<String> COMPOSED =
            List.of(
                    "word.",
                    "metric.",
                    "connect.failed.",
                    "connect.snmp.",
                    "refused.",
                    "diagnose.described.",
                    "diagnose.parameter.",
                    "group.monitor.");

    private static final List<Class<? extends Enum<?>>> WORDS =
            List.of(
                    Diagnosis.Phase.class,
                    Diagnosis.StepState.class,
                    Engine.class,
                    FailureReason.class,
                    Kind.class,
                    Language.class,
                    LiveSession.State.class,
                    Operation.Type.class,
                    OperState.class,
                    ProvisioningState.class,
                    RouteMatch.Path.Type.class,
                    RuleForm.Does.class,
                    Target.AdminState.class,
                    TargetGroup.Algorithm.class,
                    ThemeChoice.class,
                    VirtualServer.AdminState.class,
                    VirtualServer.Tls.Version.class);

    private final Messages english = new Messages(Locale.US, ZoneOffset.UTC);
    private final Messages chinese = new Messages(Locale.CHINA, ZoneOffset.UTC);

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        assertThat(keys("messages_zh.properties")).isEqualTo(keys("messages.properties"));
    }

    @Test
    void noTextHoldsAnApostropheThatFormattingWouldSwallow() throws IOException {
        for (String bundle : List.of("messages.properties", "messages_zh.properties")) {
            assertThat(read(bundle).values())
                    .noneMatch(text -> text.toString().contains("'") || text.toString().isBlank());
        }
    }

    @Test
    void everyKeyInTheCodeHasAText() throws IOException {
        Set<String> keys = keys("messages.properties");
        Set<String> families = new TreeSet<>();
        keys.forEach(key -> families.add(key.substring(0, key.indexOf('.'))));
        for (Path source : sources()) {
            if (source.toString().contains("/flame/")) {
                continue; // has bundles and a test of its own
            }
            String code = Files.readString(source);
            var asked = Pattern.compile("text\\(\\s*\"([^\"]+)\"\\s*[,)]").matcher(code);
            while (asked.find()) {
                if (asked.group(1).contains(".")
                        && families.contains(
                                asked.group(1).substring(0, asked.group(1).indexOf('.')))) {
                    assertThat(keys).as(source.toString()).contains(asked.group(1));
                }
            }
        }
    }

    @Test
    void everyTextIsUsed() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : sources()) {
            code.append(Files.readString(source));
        }
        Set<String> literals = new TreeSet<>();
        var found = LITERAL.matcher(code);
        while (found.find()) {
            literals.add(found.group(1));
        }
        assertThat(keys("messages.properties"))
                .allMatch(key ->
                        literals.contains(key) || COMPOSED.stream().anyMatch(key::startsWith));
    }

    @Test
    void everyConstantThatIsShownHasAWord() {
        for (Class<? extends Enum<?>> words : WORDS) {
            for (Enum<?> constant : words.getEnumConstants()) {
                assertThat(english.word(constant)).isNotBlank();
                assertThat(chinese.word(constant)).isNotBlank();
            }
        }
        for (ConnectViewModel.Reason reason : ConnectViewModel.Reason.values()) {
            assertThat(english.text("connect.failed." + reason)).isNotBlank();
        }
    }

    @Test
    void numbersFollowTheLocaleAndTheirSize() {
        assertThat(english.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(english.number(0.128)).isEqualTo("0.13");
        assertThat(english.number(12.34)).isEqualTo("12.3");
        assertThat(english.number(1234.5)).isEqualTo("1,235");
        assertThat(english.bytes(184_320)).isEqualTo("180 KiB");
        assertThat(english.bits(36_100_000)).isEqualTo("36.1 Mbit/s");
        assertThat(english.brief(15_000)).isEqualTo("15k");
        assertThat(english.duration(Duration.ofMillis(400))).isEqualTo("0.40 s");
        assertThat(chinese.duration(Duration.ofDays(24))).isEqualTo("24 天");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Set<String> keys(String bundle) throws IOException {
        return new TreeSet<>(read(bundle).stringPropertyNames());
    }

    private static Properties read(String bundle) throws IOException {
        Properties properties = new Properties();
        Path file = Path.of("src/main/resources/dev/weir/console/text", bundle);
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
