package dev.weir.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges the parameters of an operation by its type.
public final class Parameters {
    private static final Set<String> GO_PROFILES = Set.of("cpu", "heap", "goroutine");
    private static final Set<String> PROXY_PROFILES = Set.of("cpu", "heap");

    private Parameters() {}

    /// Problems with paths relative to the map of parameters; a missing one is judged when a run
    /// begins.
    public static List<Problem> problems(Operation.Type type, Map<String, String> parameters) {
        Problems problems = new Problems();
        parameters.forEach((key, value) -> {
            if (!type.parameters().contains(key)) {
                String hint =
                        Names.nearest(key, type.parameters())
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; known are " + String.join(", ", type.parameters()));
                problems.require(false, key, "is no parameter of this operation" + hint);
                return;
            }
            judge(type, key, value, problems);
        });
        return problems.list();
    }

    private static void judge(Operation.Type type, String key, String value, Problems problems) {
        switch (key) {
            case "seconds" ->
                    problems.require(
                            value.matches("\\d{1,3}")
                                    && Integer.parseInt(value) >= 1
                                    && Integer.parseInt(value) <= 300,
                            key,
                            "must be between 1 and 300, is '" + value + "'");
            case "profile" -> {
                Set<String> known =
                        type == Operation.Type.GO_PROFILE ? GO_PROFILES : PROXY_PROFILES;
                problems.require(
                        known.contains(value),
                        key,
                        "must be one of "
                                + known.stream().sorted().toList()
                                + ", is '"
                                + value
                                + "'");
            }
            case "pid" ->
                    problems.require(
                            value.equals("self") || value.matches("[1-9]\\d{0,9}"),
                            key,
                            "must be a process id or 'self', is '" + value + "'");
            case "url" ->
                    problems.require(
                            isHttp(value),
                            key,
                            "must be an http or https address such as https://10.0.0.7:6060, is '"
                                    + value
                                    + "'");
            default -> throw new IllegalStateException("parameter " + key + ": no rule judges it");
        }
    }

    private static boolean isHttp(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
