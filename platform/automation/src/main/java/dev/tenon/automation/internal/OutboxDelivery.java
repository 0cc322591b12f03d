package dev.tenon.automation.internal;

import dev.tenon.automation.OutboxConsumer;
import dev.tenon.automation.port.OutboxQueue;
import dev.tenon.automation.port.OutboxQueue.Claimed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Delivers a tenant's events: in order for each key, again after a failure, aside after many. */
public final class OutboxDelivery {

    private static final Logger LOG = System.getLogger(OutboxDelivery.class.getName());

    private static final int BATCH = 100;

    /** Longer than any consumer may take for a whole batch; then a dead node's events go to another. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    /** 1, 2, 4 … seconds, at most 15 minutes; the last attempt is about two hours after the first. */
    private static final int ATTEMPTS = 16;

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final OutboxQueue queue;
    private final List<OutboxConsumer> consumers;
    private final Set<String> topics = new TreeSet<>();
    /** Tenants without events of a former program that nobody wants any more; new ones are not written. */
    private final Set<String> cleared = ConcurrentHashMap.newKeySet();

    private final Node node;

    public OutboxDelivery(OutboxQueue queue, List<OutboxConsumer> consumers, Node node) {
        this.queue = queue;
        this.consumers = List.copyOf(consumers);
        this.consumers.forEach(c -> topics.addAll(c.topics()));
        this.node = node;
    }

    /** Delivers until nothing is due. */
    public void run(String tenant) {
        if (cleared.add(tenant)) {
            queue.discardOthers(tenant, topics);
        }
        while (!node.stops()) {
            Instant now = node.now();
            Instant until = now.plus(CLAIM);
            List<Claimed> events = queue.claim(tenant, topics, now, until, BATCH);
            if (events.isEmpty()) {
                return;
            }
            for (Claimed event : events) {
                if (node.stops() || !node.now().isBefore(until)) {
                    queue.retry(tenant, event.id(), node.now(), "");
                } else {
                    deliver(tenant, event);
                }
            }
        }
    }

    private void deliver(String tenant, Claimed event) {
        List<OutboxConsumer> open = consumers.stream()
                .filter(c -> c.topics().contains(event.topic()) && !event.done().contains(c.name()))
                .toList();
        if (open.isEmpty()) {
            queue.remove(tenant, event.id());
        }
        for (OutboxConsumer consumer : open) {
            try {
                hand(tenant, event, consumer, consumer == open.getLast());
            } catch (RuntimeException fault) {
                failed(tenant, event, consumer, fault);
                return;
            }
        }
    }

    private void hand(String tenant, Claimed event, OutboxConsumer consumer, boolean last) {
        OutboxConsumer.Event told = new OutboxConsumer.Event(
                tenant, event.id(), event.topic(), event.key(), event.payload(), event.attempt());
        if (consumer.inTransaction()) {
            queue.inTransaction(tenant, () -> {
                consumer.handle(told);
                done(tenant, event, consumer, last);
                return true;
            });
        } else {
            consumer.handle(told);
            done(tenant, event, consumer, last);
        }
    }

    private void done(String tenant, Claimed event, OutboxConsumer consumer, boolean last) {
        if (last) {
            queue.remove(tenant, event.id());
        } else {
            queue.noteDone(tenant, event.id(), consumer.name());
        }
    }

    private void failed(String tenant, Claimed event, OutboxConsumer consumer, RuntimeException fault) {
        String what = consumer.name() + ": " + fault;
        if (event.attempt() >= ATTEMPTS) {
            LOG.log(
                    Level.ERROR,
                    "event " + event.id() + " (" + event.topic() + ") of tenant " + tenant + " is put aside after "
                            + event.attempt() + " attempts",
                    fault);
            queue.bury(tenant, event.id(), what);
            return;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(event.attempt() - 1, 20));
        Instant again = node.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        LOG.log(
                Level.WARNING,
                "event " + event.id() + " (" + event.topic() + ") of tenant " + tenant + " is tried again at " + again,
                fault);
        queue.retry(tenant, event.id(), again, what);
    }
}
