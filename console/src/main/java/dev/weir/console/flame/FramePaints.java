package dev.weir.console.flame;

import dev.weir.profile.CallTree;
import dev.weir.profile.ProfileDiff;

import javafx.scene.paint.Color;

import java.util.function.Function;

/// Gives each frame its colour: by module, or by change over a baseline.
///
/// Made anew when the scene or the theme changes; belongs to the user interface's thread.
final class FramePaints {
    private static final int SHADES = 3;
    private static final int STEPS = 32;

    private final FlameScene scene;
    private final Color root;
    private final Color[] hues;
    private final Color[] changes;
    private final int[] paintByFunction;

    FramePaints(FlameScene scene, Function<FlameColor, Color> theme) {
        this.scene = scene;
        this.root = theme.apply(FlameColor.ROOT);
        Color background = theme.apply(FlameColor.BACKGROUND);
        this.hues = new Color[FlameColor.HUES.size() * SHADES];
        for (int i = 0; i < hues.length; i++) {
            Color hue = theme.apply(FlameColor.HUES.get(i / SHADES));
            hues[i] = hue.interpolate(background, 0.13 * (i % SHADES));
        }
        this.changes = new Color[2 * STEPS + 1];
        Color same = theme.apply(FlameColor.SAME);
        for (int i = 0; i < changes.length; i++) {
            double step = (double) (i - STEPS) / STEPS;
            Color end = theme.apply(step < 0 ? FlameColor.LESS : FlameColor.MORE);
            changes[i] = same.interpolate(end, Math.abs(step));
        }
        this.paintByFunction = paintByFunction(scene.tree());
    }

    Color of(int node) {
        if (node == 0) {
            return root;
        }
        ProfileDiff diff = scene.diff();
        return diff == null
                ? hues[paintByFunction[scene.tree().function(node)]]
                : ofChange(
                        scene.greatestChange() == 0
                                ? 0
                                : diff.change(node) / scene.greatestChange());
    }

    /// @param size of the change, from -1 to 1; the root brings small changes out
    Color ofChange(double size) {
        double shown = Math.signum(size) * Math.sqrt(Math.min(1, Math.abs(size)));
        return changes[(int) Math.round(shown * STEPS) + STEPS];
    }

    /// A module always has the same hue; its functions differ in shade.
    private int[] paintByFunction(CallTree tree) {
        int[] paints = new int[tree.frames().functionCount()];
        for (int function = 0; function < paints.length; function++) {
            int hue = spread(tree.frames().module(function), hues.length / SHADES);
            paints[function] = hue * SHADES + spread(tree.frames().name(function), SHADES);
        }
        return paints;
    }

    private static int spread(String name, int count) {
        int hash = name.hashCode() * 0x9e3779b9;
        return Math.floorMod(hash >>> 12, count);
    }
}
