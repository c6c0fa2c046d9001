package dev.weir.console.shell;

import dev.weir.console.text.Messages;
import dev.weir.console.widget.Icons;

/// What a page is called on its tab, and its picture.
public final class PageTitles {
    private static final int SHORT_ID = 8;

    private PageTitles() {}

    public static String of(Page page, Messages messages) {
        return switch (page) {
            case Page.Overview(var cluster) -> cluster;
            case Page.Server(var _, var name) -> name;
            case Page.NewServer _ -> messages.text("page.new-virtual-server");
            case Page.Group(var _, var name) -> name;
            case Page.NewGroup _ -> messages.text("page.new-target-group");
            case Page.ServerCertificate(var _, var name) -> name;
            case Page.NewCertificate _ -> messages.text("page.new-certificate");
            case Page.Nodes _ -> messages.text("tree.nodes");
            case Page.Machine(var _, var name) -> name;
            case Page.NewNode _ -> messages.text("page.new-node");
            case Page.NewCluster _ -> messages.text("page.new-cluster");
            case Page.History _ -> messages.text("tree.history");
            case Page.Diagnoses _ -> messages.text("tree.diagnoses");
            case Page.Run(var id) -> messages.text("page.diagnosis", abbreviated(id));
            case Page.Profile(var _, var sha256) ->
                    messages.text("page.profile", abbreviated(sha256));
            case Page.Comparison(var _, var sha256, var _) ->
                    messages.text("page.comparison", abbreviated(sha256));
            case Page.Preferences _ -> messages.text("page.settings");
        };
    }

    /// The cluster of a page and what sort of thing it shows, without words of a language.
    static String place(Page page) {
        String address = page.address();
        int last = address.lastIndexOf('/');
        return last < 0 ? address : address.substring(0, last);
    }

    public static Icons icon(Page page) {
        return switch (page) {
            case Page.Overview _, Page.NewCluster _ -> Icons.CLUSTER;
            case Page.Server _, Page.NewServer _ -> Icons.VIRTUAL_SERVER;
            case Page.Group _, Page.NewGroup _ -> Icons.TARGET_GROUP;
            case Page.ServerCertificate _, Page.NewCertificate _ -> Icons.CERTIFICATE;
            case Page.Nodes _, Page.Machine _, Page.NewNode _ -> Icons.NODE;
            case Page.History _ -> Icons.HISTORY;
            case Page.Diagnoses _, Page.Run _ -> Icons.DIAGNOSIS;
            case Page.Profile _, Page.Comparison _ -> Icons.FLAME;
            case Page.Preferences _ -> Icons.SETTINGS;
        };
    }

    private static String abbreviated(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }
}
