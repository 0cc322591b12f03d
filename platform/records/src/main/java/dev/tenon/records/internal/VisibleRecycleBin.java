package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.RecycleBinStore.Entry;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The recycle bin as one identity may see it. */
final class VisibleRecycleBin implements RecycleBin {

    private final GuardedSession session;
    private final Viewpoint viewpoint;
    private final RecycleBinStore store;
    private final String tenant;

    VisibleRecycleBin(GuardedSession session) {
        this.session = session;
        this.viewpoint = session.viewpoint();
        this.store = session.ports().bin();
        this.tenant = session.identity().tenant();
    }

    @Override
    public List<Deletion> list(Optional<String> object, Optional<Place> after, int limit) {
        Limits.check("recycle-bin", limit, MOST);
        object.ifPresent(viewpoint::requireAccess);
        Set<String> objects = objects().stream()
                .filter(name -> object.isEmpty() || object.get().equals(name))
                .collect(Collectors.toUnmodifiableSet());
        Optional<UUID> deletedBy = seesAll() ? Optional.empty() : Optional.of(me());
        List<Entry> entries = store.list(tenant, objects, deletedBy, after, limit);
        Map<UUID, KeptRecord> roots =
                store.roots(tenant, entries.stream().map(Entry::id).toList());
        return entries.stream()
                .map(entry -> told(entry, Optional.ofNullable(roots.get(entry.id()))))
                .toList();
    }

    @Override
    public DeletedTree require(UUID id) {
        // In one transaction, so that nobody restores it between the entry and its records.
        return session.inTransaction(() -> {
            Entry entry = store.find(tenant, id).filter(this::sees).orElseThrow(() -> notFound(id));
            List<KeptRecord> tree = store.tree(tenant, id, MOST + 1);
            List<KeptRecord> shown = tree.subList(0, Math.min(MOST, tree.size()));
            return new DeletedTree(
                    told(entry, tree.stream().findFirst()), records().visible(shown), tree.size() > MOST);
        });
    }

    @Override
    public Restored restore(UUID id) {
        return session.save(context -> new SaveOrder(context).restore(locked(id)));
    }

    @Override
    public void remove(UUID id) {
        session.save(context -> {
            Entry entry = locked(id);
            new Holds(context).checkDeleted(entry.object(), id);
            List<UUID> gone = store.tree(tenant, id, Integer.MAX_VALUE).stream()
                    .map(KeptRecord::id)
                    .toList();
            store.remove(tenant, id);
            session.ports().holds().remove(tenant, gone);
            return true;
        });
    }

    private Entry locked(UUID id) {
        return store.lock(tenant, id).filter(this::sees).orElseThrow(() -> notFound(id));
    }

    private Deletion told(Entry entry, Optional<KeptRecord> root) {
        return new Deletion(
                entry.id(),
                entry.object(),
                root.flatMap(records()::title),
                entry.deletedBy(),
                entry.through(),
                entry.at());
    }

    private DeletedRecords records() {
        return new DeletedRecords(viewpoint, session.queries(), session.ports().store());
    }

    private boolean sees(Entry entry) {
        return objects().contains(entry.object())
                && (seesAll() || (entry.ownRight() && entry.deletedBy().equals(me())));
    }

    /** Objects whose deletions are the identity's business. */
    private Set<String> objects() {
        return viewpoint.model().objects().values().stream()
                .filter(type -> !type.hidden() && type.junction().isEmpty())
                .map(ObjectType::name)
                .filter(name -> concerned(viewpoint.access(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean concerned(ObjectAccess access) {
        return access.describable() && (seesAll() || !access.delete().equals(Expr.FALSE));
    }

    private boolean seesAll() {
        return viewpoint.kernel().holds(viewpoint.identity(), SystemPermission.MANAGE_RECYCLE_BIN);
    }

    private UUID me() {
        return viewpoint.identity().user().id();
    }

    private static PlatformException notFound(UUID id) {
        return RecordsError.DELETION_NOT_FOUND.error().with("id", id).build();
    }
}
