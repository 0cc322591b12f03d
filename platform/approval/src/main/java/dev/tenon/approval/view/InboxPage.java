package dev.tenon.approval.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param next cursor of the next page, null on the last one */
public record InboxPage(List<TodoItem> items, @Nullable String next) {
    public InboxPage {
        items = List.copyOf(items);
    }
}
