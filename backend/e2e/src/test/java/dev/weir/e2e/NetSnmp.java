package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.MibFiles;
import dev.weir.testkit.Tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Net-SNMP's own programs, asking the agent of a lab.
record NetSnmp(Lab lab) {

    /// The whole numbers of some columns of one row, all of one moment, by column.
    Map<String, Long> row(int index, String... columns) {
        String[] objects = new String[columns.length];
        for (int i = 0; i < columns.length; i++) {
            objects[i] = "WEIR-MIB::" + columns[i] + "." + index;
        }
        List<String> lines = answered("snmpget", List.of("-OqUv"), objects).lines();
        assertThat(lines).hasSameSizeAs(columns);
        Map<String, Long> row = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            row.put(columns[i], Long.parseLong(lines.get(i).strip()));
        }
        return row;
    }

    /// A column as `snmpwalk` prints it: whole numbers by index.
    Map<Integer, Long> walk(String column) {
        Map<Integer, Long> found = new HashMap<>();
        for (String line : answered("snmpwalk", List.of("-OqUs"), "WEIR-MIB::" + column).lines()) {
            String[] words = line.strip().split(" ", -1);
            found.put(
                    Integer.valueOf(words[0].substring(words[0].lastIndexOf('.') + 1)),
                    Long.valueOf(words[1]));
        }
        return found;
    }

    /// A cell of a table as `snmptable` prints it.
    String cell(String table, int index, String column) {
        List<List<String>> rows =
                answered(
                                "snmptable",
                                List.of("-OqU", "-Ci", "-CB", "-Cf", ";"),
                                "WEIR-MIB::" + table)
                        .lines()
                        .stream()
                        .filter(line -> line.contains(";"))
                        .map(line -> List.of(line.split(";", -1)))
                        .toList();
        int place = rows.getFirst().indexOf(column);
        assertThat(place).as("columns %s", rows.getFirst()).isPositive();
        String cell =
                rows.stream()
                        .filter(row -> row.getFirst().equals(Integer.toString(index)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no row " + index + " in " + rows))
                        .get(place);
        // behind the name of its type
        return cell.substring(cell.lastIndexOf(' ') + 1);
    }

    private Tool.Result answered(String program, List<String> options, String... objects) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("-v2c", "-c", lab.ready().snmp().community(), "-m", "WEIR-MIB"));
        arguments.addAll(options);
        arguments.add(lab.ready().snmp().address());
        arguments.addAll(List.of(objects));
        Tool.Result result =
                Tool.required(program, "apt-get install snmp")
                        .with("MIBDIRS", MibFiles.netSnmpPath())
                        .run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.errors()).isZero();
        return result;
    }
}
