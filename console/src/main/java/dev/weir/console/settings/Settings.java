package dev.weir.console.settings;

import dev.weir.console.text.Language;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What the console remembers between runs; immutable.
///
/// @param pages the open tabs as addresses, in their order
/// @param page the address of the tab in front, or null
public record Settings(
        ThemeChoice theme,
        Language language,
        List<ConnectionProfile> profiles,
        @Nullable WindowPlace window,
        List<String> pages,
        @Nullable String page) {

    /// The settings of a first start.
    public static final Settings FIRST =
            new Settings(ThemeChoice.SYSTEM, Language.SYSTEM, List.of(), null, List.of(), null);

    public Settings {
        theme = theme == null ? ThemeChoice.SYSTEM : theme;
        language = language == null ? Language.SYSTEM : language;
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
        pages = pages == null ? List.of() : List.copyOf(pages);
    }

    /// Where the window was, in pixels of the screen.
    public record WindowPlace(double x, double y, double width, double height, boolean maximized) {}

    public Settings withTheme(ThemeChoice choice) {
        return new Settings(choice, language, profiles, window, pages, page);
    }

    public Settings withLanguage(Language choice) {
        return new Settings(theme, choice, profiles, window, pages, page);
    }

    public Settings withWindow(WindowPlace place) {
        return new Settings(theme, language, profiles, place, pages, page);
    }

    public Settings withPages(List<String> open, @Nullable String front) {
        return new Settings(theme, language, profiles, window, open, front);
    }

    /// With the profile added, in place of one with the same name.
    public Settings withProfile(ConnectionProfile profile) {
        List<ConnectionProfile> changed =
                new ArrayList<>(withoutProfile(profile.name()).profiles());
        changed.add(profile);
        return new Settings(theme, language, changed, window, pages, page);
    }

    public Settings withoutProfile(String name) {
        return new Settings(
                theme,
                language,
                profiles.stream().filter(it -> !it.name().equals(name)).toList(),
                window,
                pages,
                page);
    }
}
