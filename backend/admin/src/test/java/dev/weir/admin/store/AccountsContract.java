package dev.weir.admin.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.admin.auth.Accounts;
import dev.weir.admin.auth.Accounts.Change;
import dev.weir.api.ApiToken;
import dev.weir.api.Role;
import dev.weir.api.User;
import dev.weir.model.Secret;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What accounts hold to in every database.
abstract class AccountsContract {
    private static final Secret PASSWORD = new Secret("once upon a time");
    private static final Map<String, Role> ADMIN = Map.of(User.EVERYWHERE, Role.ADMIN);

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    /// An empty database, the same one all through a test.
    protected abstract Database database();

    private Accounts accounts() {
        return new Accounts(database(), () -> now, new SecureRandom());
    }

    @Test
    void createsTheFirstAdminOnce() {
        Secret password = accounts().bootstrap().orElseThrow();
        assertThat(accounts().bootstrap()).isEmpty();
        assertThat(accounts().authenticate(Accounts.FIRST_USER, password))
                .contains(new User(Accounts.FIRST_USER, ADMIN, now));
        assertThat(accounts().create(Accounts.FIRST_USER, PASSWORD, Map.of())).isFalse();
        assertThat(accounts().authenticate(Accounts.FIRST_USER, PASSWORD)).isEmpty();
    }

    @Test
    void keepsOneAdminOfTwoThatRemoveEachOther() throws Exception {
        Accounts accounts = accounts();
        assertThat(accounts.create("ann", PASSWORD, ADMIN)).isTrue();
        assertThat(accounts.create("bob", PASSWORD, ADMIN)).isTrue();
        CountDownLatch gate = new CountDownLatch(1);
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Change> ann =
                    both.submit(() -> {
                        gate.await();
                        return accounts.delete("bob");
                    });
            Future<Change> bob =
                    both.submit(() -> {
                        gate.await();
                        return accounts.setRoles("ann", Map.of("lab", Role.EDITOR));
                    });
            gate.countDown();
            assertThat(List.of(ann.get(), bob.get()))
                    .containsExactlyInAnyOrder(Change.DONE, Change.LAST_ADMIN);
        }
        assertThat(accounts.all()).filteredOn(user -> user.roles().equals(ADMIN)).hasSize(1);
        assertThat(accounts.delete("eve")).isEqualTo(Change.NO_SUCH_USER);
    }

    @Test
    void forgetsTokensThatEnd() {
        Accounts accounts = accounts();
        assertThat(accounts.create("ann", PASSWORD, Map.of("lab", Role.EDITOR))).isTrue();
        ApiToken.Issued hour = accounts.tokens().issue("ann", "hour", Duration.ofHours(1));
        ApiToken.Issued ever = accounts.tokens().issue("ann", "ever", null);
        assertThat(accounts.tokens().owner(new Secret(hour.token())).orElseThrow().roles())
                .isEqualTo(Map.of("lab", Role.EDITOR));
        now = now.plus(Duration.ofHours(1));
        assertThat(accounts.tokens().owner(new Secret(hour.token()))).isEmpty();
        assertThat(accounts.tokens().of("ann")).extracting(ApiToken::id).containsExactly(ever.id());
        assertThat(accounts.tokens().revoke("bob", ever.id())).isFalse();
        assertThat(accounts.tokens().revoke("ann", ever.id())).isTrue();
        assertThat(accounts.tokens().owner(new Secret(ever.token()))).isEmpty();
    }
}
