package dev.tenon.store;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.internal.SqlFaults;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Transaction;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions bound to the calling thread. Safe for use by several threads.
 *
 * <p>The isolation is READ COMMITTED, set once in the pool: asking each connection would cost a round trip.
 */
public final class Transactions {

    private static final Logger LOG = System.getLogger(Transactions.class.getName());

    private final PlatformTransactionManager platform;
    private final TransactionTemplate joining;
    private final TransactionTemplate separate;
    private final SqlFaults faults;
    private final ThreadLocal<@Nullable Frame> current = new ThreadLocal<>();

    Transactions(PlatformTransactionManager platform, SqlFaults faults) {
        this.platform = platform;
        this.joining = new TransactionTemplate(platform);
        this.separate = new TransactionTemplate(platform);
        this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.faults = faults;
    }

    /** What runs after the outermost commit of a transaction; there is one frame for each transaction on the stack. */
    private static final class Frame {
        private final List<Runnable> afterCommit = new ArrayList<>();
    }

    /**
     * Runs in one transaction; a nested call joins the outer one. Any exception rolls everything back, also when an
     * outer caller catches what a nested call threw.
     */
    public <T> T inTransaction(Supplier<T> work) {
        return current.get() == null ? outermost(joining, work) : execute(joining, work);
    }

    /** {@link #inTransaction(Supplier)} without a result. */
    public void run(Runnable work) {
        inTransaction(() -> {
            work.run();
            return true;
        });
    }

    /** Runs in a transaction of its own that commits whatever becomes of the outer one. Takes a second connection. */
    public <T> T inSeparateTransaction(Supplier<T> work) {
        return outermost(separate, work);
    }

    /** Runs after the outermost transaction of this thread has committed, outside of it; at once when there is none. */
    public void afterCommit(Runnable work) {
        Frame frame = current.get();
        if (frame == null) {
            work.run();
        } else {
            frame.afterCommit.add(work);
        }
    }

    /** Something that is the same throughout one transaction of this thread and never again; null when there is none. */
    public @Nullable Object identity() {
        return current.get();
    }

    public boolean active() {
        return current.get() != null;
    }

    /** For the parts of Spring that want to join: {@code @Transactional}, {@code JdbcTemplate}. */
    public PlatformTransactionManager platformTransactionManager() {
        return platform;
    }

    /** jOOQ's own {@code transaction(…)} as a transaction of this class. */
    TransactionProvider forJooq() {
        return new Jooq();
    }

    private final class Jooq implements TransactionProvider {

        /** What is open: Spring's transaction, and the frame of hooks where it is the outermost. */
        private record Open(
                TransactionStatus status, @Nullable Frame frame) implements Transaction {}

        @Override
        public void begin(TransactionContext context) {
            TransactionStatus status = platform.getTransaction(new DefaultTransactionDefinition());
            Frame frame = null;
            if (current.get() == null) {
                frame = new Frame();
                current.set(frame);
            }
            context.transaction(new Open(status, frame));
        }

        @Override
        public void commit(TransactionContext context) {
            Open open = end(context);
            try {
                platform.commit(open.status());
            } catch (TransactionException e) {
                throw faults.translate(e);
            }
            if (open.frame() != null) {
                open.frame().afterCommit.forEach(Transactions::runCommitted);
            }
        }

        @Override
        public void rollback(TransactionContext context) {
            platform.rollback(end(context).status());
        }

        private Open end(TransactionContext context) {
            if (!(context.transaction() instanceof Open open)) {
                throw new IllegalStateException("not a transaction of this provider");
            }
            if (open.frame() != null) {
                current.remove();
            }
            return open;
        }
    }

    private <T> T outermost(TransactionTemplate template, Supplier<T> work) {
        Frame outer = current.get();
        Frame frame = new Frame();
        current.set(frame);
        T result;
        try {
            result = execute(template, work);
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
        frame.afterCommit.forEach(Transactions::runCommitted);
        return result;
    }

    /** The work is committed: what fails now must not look as if it were not. */
    private static void runCommitted(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "work after a commit failed", e);
        }
    }

    @SuppressWarnings("NullAway") // the template returns what the supplier returned
    private <T> T execute(TransactionTemplate template, Supplier<T> work) {
        try {
            return template.execute(status -> work.get());
        } catch (PlatformException e) {
            throw e;
        } catch (TransactionException | DataAccessException e) {
            throw faults.translate(e);
        }
    }
}
