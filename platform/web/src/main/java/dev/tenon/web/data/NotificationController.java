package dev.tenon.web.data;

import dev.tenon.automation.Notifications;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the platform has told the caller. */
@RestController
class NotificationController {

    private static final int MOST = 200;

    private final RequestCaller caller;
    private final Notifications notifications;

    NotificationController(RequestCaller caller, Notifications notifications) {
        this.caller = caller;
        this.notifications = notifications;
    }

    @GetMapping("/api/notifications")
    Notifications.Inbox inbox(
            @RequestParam(defaultValue = "false") boolean unread, @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw WebError.PARAMETER_MALFORMED
                    .error()
                    .with("name", "limit")
                    .with("value", limit)
                    .with("expected", "1–" + MOST)
                    .build();
        }
        return notifications.read(caller.identity(), unread, limit);
    }

    @PostMapping("/api/notifications/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable UUID id) {
        notifications.markRead(caller.identity(), id);
    }

    @PostMapping("/api/notifications/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void readAll() {
        notifications.markAllRead(caller.identity());
    }
}
