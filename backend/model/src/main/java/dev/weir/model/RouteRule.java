package dev.weir.model;

import java.util.List;

/// One ordered rule of a virtual server: what it matches and what happens then.
///
/// @param name unique in its virtual server and stable, so that a rule can be spoken of after a
///   reorder
public record RouteRule(String name, RouteMatch match, RouteAction action) {

    public RouteRule {
        match = match == null ? RouteMatch.EVERYTHING : match;
    }

    List<Problem> problems() {
        Problems problems =
                new Problems()
                        .under("", Names.problems("name", name == null ? "" : name))
                        .under("match", match.problems());
        if (action == null) {
            return problems.require(false, "action", "must be forward or redirect").list();
        }
        return problems.under("action", action.problems()).list();
    }
}
