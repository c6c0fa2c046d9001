package dev.weir.admin.store;

import dev.weir.model.Secret;

import org.postgresql.ds.PGSimpleDataSource;

/// Where a PostgreSQL database is and how to enter it.
///
/// @param url as in `jdbc:postgresql://10.0.0.3:5432/weir`
public record PostgresAddress(String url, String user, Secret password) {

    PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password.reveal());
        return source;
    }
}
