package dev.tenon.web.system;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anybody may know of the server: that it runs, and how far its start is. */
@RestController
class SystemController {

    private final StartupProgress progress;

    SystemController(StartupProgress progress) {
        this.progress = progress;
    }

    @GetMapping("/api/health")
    Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", "UP");
        health.put("version", Build.VERSION);
        return health;
    }

    @GetMapping("/api/startup")
    StartupProgress.State startup() {
        return progress.state();
    }
}
