package dev.weir.console.fake;

import dev.weir.console.shell.Desk;
import dev.weir.console.shell.Page;
import dev.weir.console.text.Messages;

import javafx.scene.Node;
import javafx.scene.layout.Region;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A window that says yes to everything and remembers what it was asked.
public final class RecordingDesk implements Desk {
    public final List<Question> questions = new ArrayList<>();
    public final List<Notice> notices = new ArrayList<>();
    public final List<Page> opened = new ArrayList<>();
    private final Messages messages = new Messages(Locale.US, ZoneOffset.UTC);

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public void ask(Question question, Runnable yes) {
        questions.add(question);
        yes.run();
    }

    @Override
    public void show(Region card, Node focus) {}

    @Override
    public void dismiss() {}

    @Override
    public void tell(Notice notice) {
        notices.add(notice);
    }

    @Override
    public void open(Page page) {
        opened.add(page);
    }

    @Override
    public void close(Page page) {
        opened.remove(page);
    }
}
