package dev.weir.cli;

import dev.weir.api.Page;
import dev.weir.api.PageQuery;
import dev.weir.api.ResourceView;
import dev.weir.api.WeirClient;
import dev.weir.model.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A server and the cluster that is meant.
///
/// Confined to the thread of its command.
final class Session implements AutoCloseable {
    private final WeirClient client;
    private final @Nullable String named;
    private final @Nullable String community;

    /// @param named the cluster, or null to take the server's only one
    /// @param community of SNMPv2c, where the server's own words tell it
    Session(WeirClient client, @Nullable String named, @Nullable String community) {
        this.client = client;
        this.named = named;
        this.community = community;
    }

    WeirClient client() {
        return client;
    }

    /// The cluster that the user named, or null.
    @Nullable String named() {
        return named;
    }

    @Nullable String community() {
        return community;
    }

    String cluster() throws IOException, UsageException {
        if (named != null) {
            return named;
        }
        List<String> names = client.clusters().items().stream().map(ResourceView::name).toList();
        return switch (names.size()) {
            case 0 -> throw new UsageException("the server has no cluster; create one first");
            case 1 -> names.getFirst();
            default ->
                    throw new UsageException(
                            "the server has several clusters, choose one with --cluster: "
                                    + String.join(", ", names));
        };
    }

    /// Every resource of a kind, page after page.
    List<ResourceView> all(String cluster, Kind kind, String labels) throws IOException {
        List<ResourceView> all = new ArrayList<>();
        PageQuery query = new PageQuery(PageQuery.MAX_LIMIT, null, labels);
        while (true) {
            Page<ResourceView> page = client.list(cluster, kind, query);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            query = query.after(page.next());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
