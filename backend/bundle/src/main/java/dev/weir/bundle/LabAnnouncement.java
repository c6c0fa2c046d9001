package dev.weir.bundle;

import dev.weir.api.ReadyFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a lab prints when all of it serves.
///
/// @param data the lab's data directory
/// @param usual the ready file that clients look for by themselves
record LabAnnouncement(ReadyFile ready, Path data, Path usual) {
    private static final String SHELL_SAFE = "[A-Za-z0-9_@%+=:,./\\\\-]+";

    private record Row(String what, Object where) {}

    List<String> lines() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("admin", ready.admin()));
        ready.virtualServers().forEach((name, address) -> rows.add(new Row(name, address)));
        rows.add(
                new Row("snmp", ready.snmp().address() + " community " + ready.snmp().community()));
        rows.add(new Row("pprof", ready.pprof() + "/debug/pprof/"));
        int widest = rows.stream().mapToInt(row -> row.what().length()).max().orElse(1);

        List<String> lines = new ArrayList<>();
        lines.add("The lab is ready; its state is in " + data);
        for (Row row : rows) {
            lines.add(("  %-" + widest + "s  %s").formatted(row.what(), row.where()));
        }
        lines.add("Ctrl-C ends it. In another terminal: ./weirctl get virtual-servers" + option());
        return lines;
    }

    /// Names this lab to weirctl where it would not find it.
    private String option() {
        Path file = data.resolve(Lab.READY_FILE).toAbsolutePath().normalize();
        if (file.equals(usual.toAbsolutePath().normalize())) {
            return "";
        }
        String text = file.toString();
        return " --lab " + (text.matches(SHELL_SAFE) ? text : "\"" + text + "\"");
    }
}
