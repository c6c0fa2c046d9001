package dev.weir.console.flame;

import java.util.ArrayDeque;
import java.util.Deque;

/// Where the operator came from, the newest first; used by the user interface's thread.
final class ZoomHistory {
    private static final int LONGEST = 200;

    private final Deque<Place> places = new ArrayDeque<>();

    /// A frame that was zoomed to, and what was in view.
    record Place(int zoomRoot, Viewport viewport) {}

    void push(Place place) {
        if (place.equals(places.peek())) {
            return;
        }
        places.push(place);
        if (places.size() > LONGEST) {
            places.removeLast();
        }
    }

    /// Takes the newest place; `otherwise` when there is none.
    Place pop(Place otherwise) {
        Place place = places.poll();
        return place == null ? otherwise : place;
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    void clear() {
        places.clear();
    }
}
