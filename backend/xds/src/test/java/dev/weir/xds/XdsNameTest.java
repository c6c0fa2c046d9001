package dev.weir.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class XdsNameTest {
    private static final UUID ID = UUID.fromString("5d0c6f3e-2a44-4c8e-9d0c-111111111111");

    @ParameterizedTest
    @EnumSource(names = {"VIRTUAL_SERVER", "TARGET_GROUP", "CERTIFICATE"})
    void readsBackTheObjectThatANameCarries(Kind kind) {
        XdsName name = new XdsName(kind, ID);
        assertThat(XdsName.parse(name.toString())).contains(name);
    }

    @Test
    void writesThePrefixAndTheIdentity() {
        assertThat(XdsName.virtualServer(ID)).hasToString("vs/" + ID);
        assertThat(XdsName.targetGroup(ID)).hasToString("tg/" + ID);
        assertThat(XdsName.certificate(ID)).hasToString("cert/" + ID);
        assertThat(XdsName.virtualServerStatistics(7)).isEqualTo("vs_7");
        assertThat(XdsName.targetGroupStatistics(8)).isEqualTo("tg_8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vs",
                "vs/",
                "vs/shop",
                "vs/1-2-3-4-5",
                "xx/5d0c6f3e-2a44-4c8e-9d0c-111111111111",
                "VS/5d0c6f3e-2a44-4c8e-9d0c-111111111111",
                "vs/5D0C6F3E-2A44-4C8E-9D0C-111111111111",
                "vs/5d0c6f3e-2a44-4c8e-9d0c-111111111111/x"
            })
    void knowsThatANameIsNotOurs(String text) {
        assertThat(XdsName.parse(text)).isEmpty();
    }

    @Test
    void refusesAKindWithoutXdsResources() {
        assertThatThrownBy(() -> new XdsName(Kind.NODE, ID)).hasMessageContaining("node");
    }

    @Test
    void findsATypeByItsUrl() {
        for (XdsType type : XdsType.values()) {
            assertThat(XdsType.ofUrl(type.url())).contains(type);
        }
        assertThat(XdsType.ofUrl("type.googleapis.com/google.protobuf.Empty")).isEmpty();
    }
}
