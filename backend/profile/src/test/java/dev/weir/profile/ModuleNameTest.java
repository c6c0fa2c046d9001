package dev.weir.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleNameTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    net/http.(*conn).serve, net/http
                    main.main, main
                    runtime.gcBgMarkWorker.func2, runtime
                    example.org/a/b.(*T[go.shape.int]).Get, example.org/a/b
                    java.util.HashMap.put, java.util
                    java/util/HashMap.put, java.util
                    std::vector<a::b>::push_back, std
                    malloc, ''
                    [libc.so.6], ''
                    """)
    void readsThePackageOffTheName(String name, String module) {
        assertThat(ModuleName.of(name)).isEqualTo(module);
    }
}
