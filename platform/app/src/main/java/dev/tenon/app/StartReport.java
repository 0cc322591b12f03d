package dev.tenon.app;

import dev.tenon.store.DataFolder;
import dev.tenon.store.Database;
import dev.tenon.web.system.Build;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** The one line of a start that went well: which version answers where, and where its data is. */
final class StartReport implements ApplicationListener<ApplicationStartedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.tenon");

    private final Database database;
    private final DataFolder folder;

    StartReport(Database database, DataFolder folder) {
        this.database = database;
        this.folder = folder;
    }

    @Override
    public void onApplicationEvent(ApplicationStartedEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        String port = environment.getProperty("local.server.port", "-");
        String host = environment.getProperty("server.address", "localhost");
        Duration taken = event.getTimeTaken();
        LOG.info(
                "Tenon {} answers at http://{}:{}/ after {} s; data in {}, database {}",
                Build.VERSION,
                host,
                port,
                taken == null ? "-" : String.format(Locale.ROOT, "%.1f", taken.toMillis() / 1000.0),
                folder.path(),
                database.address());
    }
}
