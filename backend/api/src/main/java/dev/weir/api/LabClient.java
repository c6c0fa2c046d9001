package dev.weir.api;

import java.io.IOException;
import java.util.Map;

/// Turns a running lab's traffic up and off through the lab's HTTPS door. Blocking; any thread.
public final class LabClient {
    /// The one path behind the door.
    public static final String TRAFFIC = "/api/v1/lab/traffic";

    private final Http http;

    /// @param connection to [ReadyFile#control], with the token of its token file
    public LabClient(Connection connection) {
        http = new Http(connection);
    }

    public LabTraffic traffic() throws IOException {
        return http.exchange(http.request(TRAFFIC, Map.of()).build(), LabTraffic.class);
    }

    /// Sets the level and answers what holds then.
    public LabTraffic traffic(TrafficLevel level) throws IOException {
        okhttp3.Request put =
                http.request(TRAFFIC, Map.of())
                        .put(Http.body(Codec.write(new LabTraffic.Wish(level))))
                        .build();
        return http.exchange(put, LabTraffic.class);
    }
}
