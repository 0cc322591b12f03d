package dev.tenon.testkit.greeting;

import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.Contributions;
import dev.tenon.sdk.plugin.TenonPlugin;
import dev.tenon.sdk.record.RecordData;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attaches a greeting to a customer. */
public final class GreetingPlugin implements TenonPlugin {

    /** Of the class that the test sees; the platform's one is another class. */
    public static final AtomicInteger GREETINGS = new AtomicInteger();

    private static final Logger LOG = LoggerFactory.getLogger(GreetingPlugin.class);

    @Override
    public void contribute(Contributions to) {
        to.action("greet", GreetingPlugin::greet);
        to.action("look", (record, parameters, context) -> look(String.valueOf(parameters.get("type"))));
    }

    private static ActionResult greet(RecordData customer, Map<String, Object> parameters, CallContext context) {
        GREETINGS.incrementAndGet();
        String text =
                "Hello " + customer.value("name") + ", says " + context.user().name();
        context.records()
                .attach(
                        customer.object(),
                        customer.id(),
                        "hello.txt",
                        "text/plain",
                        text.getBytes(StandardCharsets.UTF_8));
        LOG.info("greeted {}", customer.value("name"));
        return ActionResult.message(text);
    }

    /** Which classes a plugin sees. */
    private static ActionResult look(String type) {
        try {
            return ActionResult.message("sees " + Class.forName(type).getSimpleName());
        } catch (ClassNotFoundException hidden) {
            return ActionResult.message("does not see it");
        }
    }
}
