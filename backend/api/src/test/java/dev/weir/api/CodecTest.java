package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.model.Certificate;
import dev.weir.model.Draft;
import dev.weir.model.InvalidException;
import dev.weir.model.Problem;
import dev.weir.model.Secret;

import org.junit.jupiter.api.Test;

class CodecTest {
    private static final String SHOP =
            """
            {"kind":"virtualServer","name":"shop","description":"","labels":{"team":"web"},
             "spec":{"address":"0.0.0.0","port":443,"protocol":"HTTPS","adminState":"enabled",
             "hostnames":["shop.example"],
             "tls":{"certificates":["shop"],"minVersion":"TLSv1.2"},
             "rules":[{"name":"cart","match":{"hosts":[],"path":{"type":"prefix","value":"/cart"}},
             "action":{"forward":[{"targetGroup":"cart","weight":3},{"targetGroup":"old","weight":1}]}},
             {"name":"away","match":{"hosts":["*.old.example"],"path":{"type":"exact","value":"/"}},
             "action":{"redirect":{"host":"shop.example","code":301,"stripQuery":false}}}],
             "defaultTargetGroup":"web"}}\
            """;

    @Test
    void writesADocumentAsItWasRead() throws Exception {
        assertThat(Codec.write(read(SHOP)))
                .isEqualTo(Documents.STANDARD.json(SHOP.getBytes(UTF_8)));
    }

    @Test
    void readsItsOwnYamlBack() throws Exception {
        Draft<?> shop = read(SHOP);
        String yaml = Documents.toYaml(Codec.write(shop));
        assertThat(Codec.readDraft(Documents.STANDARD.yaml(yaml.getBytes(UTF_8)).getFirst()))
                .isEqualTo(shop);
    }

    @Test
    void namesEveryProblemAtOnceWithItsPath() {
        assertThat(
                        problems(
                                """
                                {"kind":"virtualServer","name":"Shop","spec":{"adress":"0.0.0.0",
                                 "port":"443","protocol":"HTTPs",
                                 "rules":[{"name":"a","match":{"path":{"type":"prefiks"}},
                                 "action":{"forward":[{"targetGroup":"w","weight":-1},{"weight":1}]}},
                                 {"name":"a","action":{}}]}}\
                                """))
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("path=spec.adress") && text.contains("'address'"))
                .anyMatch(text -> text.contains("path=spec.port") && text.contains("'443'"))
                .anyMatch(text -> text.contains("path=spec.protocol") && text.contains("'HTTPS'"))
                .anyMatch(text -> text.contains("path=spec.rules[0].match.path.type"))
                .anyMatch(text -> text.contains("path=spec.rules[0].action.forward[0].weight"))
                .anyMatch(text ->
                        text.contains("path=spec.rules[0].action.forward[1].targetGroup")
                                && text.contains("is required"))
                .anyMatch(text -> text.contains("path=spec.rules[1].action"))
                .anyMatch(text -> text.contains("path=spec.rules[1].name"))
                .anyMatch(text -> text.contains("path=name"))
                .hasSize(9);
    }

    @Test
    void refusesAKeyThatComesTwice() {
        assertThat(problems("{\"kind\":\"cluster\",\"name\":\"a\",\"spec\":{},\"spec\":{}}"))
                .containsExactly(new Problem("spec", "is given twice; keep one"));
    }

    @Test
    void keepsSecretsToItselfUnlessAskedForThem() {
        Draft<?> draft =
                Draft.of(
                        "shop", new Certificate("-----BEGIN CERTIFICATE-----", new Secret("hush")));
        assertThat(Codec.write(draft).toString()).doesNotContain("hush", "privateKey");
        assertThat(Codec.writeWithSecrets(draft).toString()).contains("hush");
    }

    private static Draft<?> read(String json) throws InvalidException {
        return Codec.readDraft(Documents.STANDARD.json(json.getBytes(UTF_8)));
    }

    private static java.util.List<Problem> problems(String json) {
        InvalidException invalid = catchThrowableOfType(InvalidException.class, () -> read(json));
        return invalid.problems();
    }
}
