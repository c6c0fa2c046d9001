package dev.weir.admin;

import dev.weir.admin.resource.RefusedException;
import dev.weir.admin.resource.RefusedException.Reason;
import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.model.Resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Cuts parts out of a sorted map; a cursor is the last name of the part before, so that what comes
/// and goes between two parts never shifts them.
final class Listing {
    private Listing() {}

    static Page<Resource<?>> page(SortedMap<String, ? extends Resource<?>> all, PageQuery query)
            throws RefusedException {
        Map<String, String> wanted = labels(query.labels());
        SortedMap<String, ? extends Resource<?>> rest =
                query.cursor() == null ? all : all.tailMap(query.cursor() + "\0");
        List<Resource<?>> items = new ArrayList<>();
        for (Resource<?> resource : rest.values()) {
            if (resource.labels().entrySet().containsAll(wanted.entrySet())) {
                if (items.size() == query.limit()) {
                    return new Page<>(items, items.getLast().name());
                }
                items.add(resource);
            }
        }
        return new Page<>(items, null);
    }

    private static Map<String, String> labels(String selector) throws RefusedException {
        Map<String, String> labels = new HashMap<>();
        if (selector.isEmpty()) {
            return labels;
        }
        for (String part : selector.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new RefusedException(
                        Reason.BAD_REQUEST,
                        "labels: must be key=value,key2=value2, is '"
                                + Call.shortened(selector)
                                + "'");
            }
            labels.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return labels;
    }
}
