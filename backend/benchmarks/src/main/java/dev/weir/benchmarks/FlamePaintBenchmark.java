package dev.weir.benchmarks;

import atlantafx.base.theme.PrimerLight;

import com.sun.management.OperatingSystemMXBean;

import dev.weir.console.flame.FlameGraphView;
import dev.weir.console.flame.FlameGraphViewModel;
import dev.weir.profile.Limits;
import dev.weir.profile.Profile;
import dev.weir.profile.ProfileReader;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// How long one frame of a flame graph of a million nodes takes to draw while zooming and moving.
///
/// Wall time on a shared machine tells about its neighbours; the processor time of the whole
/// process, which is measured too, tells about the drawing. Drawn by the software pipeline on the
/// headless platform: a graphics card only makes it faster. Run with `-Dglass.platform=Headless
/// -Dprism.order=sw`.
public final class FlamePaintBenchmark {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 900;
    private static final int WARMUP = 60;
    private static final int FRAMES = 300;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Scene scene;
    private final Node canvas;
    private final WritableImage image = new WritableImage(WIDTH, HEIGHT);

    private FlamePaintBenchmark(Profile profile) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        FlameGraphViewModel model =
                new FlameGraphViewModel(Locale.US, Runnable::run, Runnable::run);
        FlameGraphView view = new FlameGraphView(model);
        scene = new Scene(view, WIDTH, HEIGHT);
        model.show(profile);
        scene.snapshot(image);
        canvas = view.lookup(".flame-canvas");
    }

    /// Prints one line for each shape; takes no arguments.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Profile wide = profile(GeneratedProfile.WIDE);
        Profile deep = profile(GeneratedProfile.DEEP);
        CountDownLatch done = new CountDownLatch(1);
        Platform.startup(() -> {
            new FlamePaintBenchmark(wide).run("wide, 60 rows");
            new FlamePaintBenchmark(deep).run("deep, 5,000 rows");
            done.countDown();
        });
        done.await();
        Platform.exit();
    }

    private static Profile profile(GeneratedProfile shape) throws IOException {
        return ProfileReader.read(new ByteArrayInputStream(shape.toBytes()), Limits.DEFAULT);
    }

    private void run(String name) {
        measure(WARMUP);
        long processorStart = PROCESS.getProcessCpuTime();
        List<Long> nanos = measure(FRAMES);
        long processor = PROCESS.getProcessCpuTime() - processorStart;
        Collections.sort(nanos);
        System.out.printf(
                "%s, %d x %d: processor %.1f ms a frame; median %.1f ms, 95 %% below %.1f ms%n",
                name,
                WIDTH,
                HEIGHT,
                millis(processor / FRAMES),
                millis(nanos.get(FRAMES / 2)),
                millis(nanos.get(FRAMES * 95 / 100)));
    }

    private List<Long> measure(int frames) {
        List<Long> nanos = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            step(frame);
            long start = System.nanoTime();
            scene.snapshot(image);
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    /// Zooms in for ten frames, walks through rows and siblings, and returns to the whole.
    private void step(int frame) {
        int phase = frame % 30;
        if (phase < 10) {
            type("+");
        } else if (phase < 20) {
            press(KeyCode.DOWN);
        } else if (phase < 29) {
            press(KeyCode.RIGHT);
        } else {
            type("0");
        }
    }

    private void type(String character) {
        canvas.fireEvent(
                new KeyEvent(
                        KeyEvent.KEY_TYPED,
                        character,
                        "",
                        KeyCode.UNDEFINED,
                        false,
                        false,
                        false,
                        false));
    }

    private void press(KeyCode code) {
        canvas.fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
