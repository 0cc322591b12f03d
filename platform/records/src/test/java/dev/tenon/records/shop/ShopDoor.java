package dev.tenon.records.shop;

import dev.tenon.access.Identity;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ExpressionModelCompiler;
import dev.tenon.records.GuardedRecords;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.SaveGuard;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.HoldStore;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.TenantSealing;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.record.RecordIds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door over a given store, with the shop's model and its people. */
public final class ShopDoor {

    public static final String CUSTOMER = "shop__Customer";
    public static final String ORDER = "shop__Order";
    public static final String LINE = "shop__Line";
    public static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final RecordStore store;
    private final HoldStore holds;
    private final ShopCode code = new ShopCode();
    private final List<SaveGuard> guards = new ArrayList<>();
    private final GuardedRecords records;
    private CompiledModel model;
    private Instant now = NOW;

    private final String tenant;
    private final Identity system;
    private final Identity manager;
    private final Identity clerk;
    private final Identity otherClerk;
    private final Identity auditor;

    public ShopDoor(RecordStore store, Model model) {
        this(store, new InMemoryRecycleBin(), model);
    }

    public ShopDoor(RecordStore store, RecycleBinStore bin, Model model) {
        this(store, bin, new InMemoryFiles().ports(), model);
    }

    public ShopDoor(RecordStore store, RecycleBinStore bin, FilePorts files, Model model) {
        this(store, bin, files, new MarkedSealing(), model);
    }

    public ShopDoor(RecordStore store, RecycleBinStore bin, FilePorts files, TenantSealing sealing, Model model) {
        this(store, bin, files, sealing, new InMemoryHolds(), model);
    }

    public ShopDoor(RecordStore store, RecycleBinStore bin, HoldStore holds, Model model) {
        this(store, bin, new InMemoryFiles().ports(), new MarkedSealing(), holds, model);
    }

    private ShopDoor(
            RecordStore store,
            RecycleBinStore bin,
            FilePorts files,
            TenantSealing sealing,
            HoldStore holds,
            Model model) {
        this.holds = holds;
        this.store = store;
        this.tenant = model.tenant();
        this.model = compile(model);
        SaveGuard all = (identity, change) -> guards.forEach(guard -> guard.check(identity, change));
        this.records =
                new GuardedRecords(t -> this.model, store, bin, code, holds, List.of(all), files, sealing, () -> now);
        this.system = new Identity(user(RecordIds.next(), "Engine"), Identity.Kind.SYSTEM, Set.of());
        this.manager = person("Mona Manager", "shop__manager");
        this.clerk = person("Carl Clerk", "shop__clerk");
        this.otherClerk = person("Olga Other", "shop__clerk");
        this.auditor = person("Anna Auditor", "shop__auditor");
    }

    public static CompiledModel compile(Model model) {
        return switch (new ExpressionModelCompiler(List.of()).compile(model)) {
            case ModelCompiler.Outcome.Compiled compiled -> compiled.model();
            case ModelCompiler.Outcome.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private Identity person(String name, String set) {
        UUID id = as(system)
                .create("sys__User", Map.of("name", name, "login", name.substring(0, 4)))
                .id();
        return new Identity(user(id, name), Identity.Kind.USER, Set.of(set));
    }

    private ActingUser user(UUID id, String name) {
        return new ActingUser(tenant, id, name, Locale.ENGLISH, ZoneOffset.UTC);
    }

    public RecordStore store() {
        return store;
    }

    public HoldStore holds() {
        return holds;
    }

    public ShopCode code() {
        return code;
    }

    public List<SaveGuard> guards() {
        return guards;
    }

    public GuardedRecords records() {
        return records;
    }

    public CompiledModel model() {
        return model;
    }

    /** From now on it is then. */
    public void at(Instant then) {
        this.now = then;
    }

    /** Publishes another model. */
    public void publish(CompiledModel next) {
        this.model = next;
    }

    public RecordSession as(Identity identity) {
        return records.open(identity, Channel.USER);
    }

    public Identity systemIdentity() {
        return system;
    }

    public Identity managerIdentity() {
        return manager;
    }

    public Identity clerkIdentity() {
        return clerk;
    }

    public Identity otherClerkIdentity() {
        return otherClerk;
    }

    public Identity auditorIdentity() {
        return auditor;
    }

    public RecordSession manager() {
        return as(manager);
    }

    public RecordSession clerk() {
        return as(clerk);
    }

    public RecordSession auditor() {
        return as(auditor);
    }

    /** A customer of the clerk's, created by the manager. */
    public Row customer(String name) {
        return manager()
                .create(CUSTOMER, values("name", name, "agent", clerk.user().id()));
    }

    public Row order(Row customer) {
        return manager().create(ORDER, values("customer", customer.id()));
    }

    public Row line(Row order, long quantity, String price) {
        return manager()
                .create(
                        LINE,
                        values("order", order.id(), "product", "Tea", "quantity", quantity, "price", decimal(price)));
    }

    /** The record as the manager, who sees everything, finds it now. */
    public Row reload(Row row) {
        return manager().find(row.object(), row.id(), Query.Selection.ALL).orElseThrow();
    }

    public static Expr filter(RecordSession session, String object, String text) {
        return ExpressionCompiler.compile(text, session.scope(object)).orThrow();
    }

    public static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    /** Names and values in turn. */
    public static Map<String, @Nullable Object> values(@Nullable Object... pairs) {
        Map<String, @Nullable Object> values = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return values;
    }
}
