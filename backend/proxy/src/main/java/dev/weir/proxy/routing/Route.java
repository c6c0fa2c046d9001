package dev.weir.proxy.routing;

/// One rule: which paths it is for and what happens to them.
public record Route(PathMatch match, RouteAction action) {}
