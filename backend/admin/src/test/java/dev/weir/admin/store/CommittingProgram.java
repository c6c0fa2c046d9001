package dev.weir.admin.store;

import dev.weir.admin.resource.Edit;
import dev.weir.admin.resource.Ledger;
import dev.weir.admin.resource.Outcome;
import dev.weir.admin.resource.Precondition;
import dev.weir.model.Cluster;
import dev.weir.model.Draft;
import dev.weir.model.Engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Commits revisions without end and says the number of each once it was acknowledged; to be
/// killed.
final class CommittingProgram {
    private CommittingProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Database database = Database.sqlite(directory.resolve("weir.db"));
        Vault vault = Vault.open(directory.resolve("vault.key"), new SecureRandom());
        Ledger ledger =
                new Ledger(
                        new SqlRevisionStore(database, vault, ForeignAppends.NONE),
                        InstantSource.system(),
                        UUID::randomUUID);
        for (long i = 0; ; i++) {
            Draft<Cluster> draft =
                    new Draft<>(
                            "lab",
                            "",
                            Map.of("count", System.nanoTime() + "-" + i),
                            new Cluster(Engine.EMBEDDED, false));
            Outcome outcome =
                    ledger.edit(
                            new Edit(
                                    "lab",
                                    Edit.of(List.of(new Edit.Put(draft, Precondition.NONE))),
                                    "ann",
                                    "",
                                    false));
            System.out.println(outcome.revision() + " " + draft.labels().get("count"));
        }
    }
}
