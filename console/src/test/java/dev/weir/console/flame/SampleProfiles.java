package dev.weir.console.flame;

import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Profiles for the tests of the flame graph.
final class SampleProfiles {
    private static final String[][] CALLS = {
        {"runtime.main", "main.main", "net/http.(*Server).Serve", "net/http.(*conn).serve"},
        {"shop/cart.(*Handler).ServeHTTP", "shop/cart.(*Store).Load", "encoding/json.Unmarshal"},
        {
            "encoding/json.(*decodeState).value",
            "encoding/json.(*decodeState).object",
            "reflect.Value.Set"
        },
        {"shop/price.Quote", "shop/price.(*Rules).Apply", "regexp.(*Regexp).doExecute"},
        {"crypto/tls.(*Conn).Write", "crypto/aes.gcmAesEnc", "syscall.Syscall"},
        {"runtime.mallocgc", "runtime.gcAssistAlloc", "runtime.scanobject"}
    };

    private SampleProfiles() {}

    static Profile collapsed(String... lines) throws IOException {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return ProfileReader.read(new ByteArrayInputStream(text), Limits.DEFAULT);
    }

    /// Two sample types: `size` in bytes and `samples`.
    static Profile twoTypes() throws IOException {
        byte[] text =
                """
                {"shared": {"frames": [{"name": "main"}, {"name": "read"}, {"name": "parse"}]},
                 "profiles": [
                  {"unit": "bytes", "samples": [[0, 1], [0, 2]], "weights": [4096, 1024]},
                  {"unit": "none", "samples": [[0, 1, 2], [0]], "weights": [30, 10]}]}
                """
                        .getBytes(StandardCharsets.UTF_8);
        return ProfileReader.read(new ByteArrayInputStream(text), Limits.DEFAULT);
    }

    /// A profile as a busy Go server gives it: wide and narrow frames, deep and shallow stacks.
    static Profile server(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int stack = 0; stack < 2_500; stack++) {
            text.append(String.join(";", CALLS[0]));
            int parts = 1 + random.nextInt(5);
            for (int part = 0; part < parts; part++) {
                String[] calls = CALLS[1 + random.nextInt(CALLS.length - 1)];
                int length = 1 + random.nextInt(calls.length);
                for (int call = 0; call < length; call++) {
                    text.append(';').append(calls[call]);
                }
            }
            if (random.nextInt(3) == 0) {
                text.append(";shop/handler.func").append(random.nextInt(60));
            }
            double skew = random.nextDouble();
            text.append(' ').append(1 + (long) (skew * skew * skew * 900)).append('\n');
        }
        return collapsed(text.toString());
    }
}
