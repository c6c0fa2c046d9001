package dev.weir.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.MibFiles;
import dev.weir.testkit.Tool;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class WeirMibTest {
    @TempDir Path base;
    @TempDir Path work;

    @BeforeEach
    void copyBaseModules() {
        MibFiles.baseModules(base);
    }

    @Test
    void smilintHasNothingToSayAtItsStrictestLevel() throws IOException {
        assertThat(smilint(MibFiles.WEIR_MIB)).isEmpty();
    }

    @Test
    void smilintWouldHaveSomethingToSayOfAMistake() throws IOException {
        String broken =
                Files.readString(MibFiles.WEIR_MIB)
                        .replaceFirst("SYNTAX {6}Counter64", "SYNTAX      Counter65");
        assertThat(smilint(Files.writeString(work.resolve("WEIR-MIB"), broken)))
                .contains("Counter65");
    }

    @Test
    void everyConstantIsTheObjectOfTheModuleAndEveryObjectHasAConstant() {
        Map<String, String> ofTheModule = new TreeMap<>();
        for (String line : readableObjects()) {
            ofTheModule.put(line, translate(line));
        }
        Map<String, String> ofTheCode = new TreeMap<>();
        objects().forEach(object -> ofTheCode.put(object.mibName(), "." + object.oid()));
        assertThat(ofTheCode).isEqualTo(ofTheModule).hasSizeGreaterThan(70);
    }

    @Test
    void theArcsAreThoseOfTheModule() {
        assertThat(translate("weirMIB")).isEqualTo("." + WeirMib.ROOT);
        assertThat(translate("weirAgentId")).isEqualTo("." + WeirMib.AGENT_ID);
        assertThat(translate("weirVsEntry")).isEqualTo("." + WeirMib.VIRTUAL_SERVER_ENTRY);
        assertThat(translate("weirVsNameEntry")).isEqualTo("." + WeirMib.VIRTUAL_SERVER_NAME_ENTRY);
    }

    private static Stream<MibObject> objects() {
        return Stream.of(
                        AgentScalar.values(),
                        VirtualServerColumn.values(),
                        VirtualServerStatsColumn.values(),
                        NameColumn.values())
                .flatMap(Stream::of);
    }

    private String smilint(Path module) throws IOException {
        Path configuration = Files.writeString(work.resolve("smi.conf"), "path " + base + "\n");
        Tool.Result result =
                Tool.required("smilint", "apt-get install smitools")
                        .run(
                                "-c",
                                configuration.toString(),
                                "-s",
                                "-m",
                                "-l",
                                "6",
                                "-i",
                                "namelength-32",
                                module.toString());
        return result.output() + result.errors();
    }

    /// The names of the objects that a manager can read, from the module's text.
    private List<String> readableObjects() {
        try {
            String text = Files.readString(MibFiles.WEIR_MIB);
            return Pattern.compile(
                            "(?m)^(\\w+) OBJECT-TYPE(?:(?!^\\w+ OBJECT-TYPE)[\\s\\S])*?MAX-ACCESS +read-only")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String translate(String name) {
        Tool.Result result =
                Tool.required("snmptranslate", "apt-get install snmp")
                        .with("MIBDIRS", base + ":" + MibFiles.WEIR_MIB.getParent())
                        .with("SNMP_PERSISTENT_DIR", work.toString())
                        .run("-m", "WEIR-MIB", "-On", "WEIR-MIB::" + name);
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result.output().strip();
    }
}
