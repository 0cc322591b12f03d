package dev.tenon.web.odata;

import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlAction;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlFunction;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationPropertyBinding;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlReferentialConstraint;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.apache.olingo.commons.api.edm.provider.CsdlSingleton;
import org.jspecify.annotations.Nullable;

/** The entity data model of what one caller may know, built whole at once. */
final class ModelEdm extends CsdlAbstractEdmProvider {

    static final String NAMESPACE = "Tenon";
    /** The caller as a record of {@link #USERS}; there only for those who may know users. */
    static final String ME = "Me";

    static final String USERS = "sys__User";
    static final String TENANT = "Tenant";
    static final String TENANT_KEY = "key";
    static final List<String> TENANT_PROPERTIES = List.of(TENANT_KEY, "name");

    static final FullQualifiedName FILE_TYPE = new FullQualifiedName(NAMESPACE, "File");
    static final String ACTION_ANSWER = "ActionAnswer";
    private static final String ACTION_VALUES = "ActionValues";

    private static final FullQualifiedName CONTAINER = new FullQualifiedName(NAMESPACE, "Container");

    private final Map<String, CsdlEntityType> types = new LinkedHashMap<>();
    private final Map<String, CsdlEntitySet> sets = new LinkedHashMap<>();
    private final Map<String, CsdlSingleton> singletons = new LinkedHashMap<>();
    private final Map<String, List<CsdlAction>> actions = new LinkedHashMap<>();
    private final Map<String, List<CsdlFunction>> functions = new LinkedHashMap<>();

    ModelEdm(VisibleModel visible) {
        visible.objects().forEach((name, object) -> {
            types.put(name, type(visible, object));
            sets.put(name, set(visible, object));
            for (Action action : object.type().actions()) {
                if (!object.access().actions().contains(action.name())) {
                    continue;
                }
                if (action.function()) {
                    functions
                            .computeIfAbsent(action.name(), a -> new ArrayList<>())
                            .add(BoundCalls.function(visible.model(), name, action));
                } else {
                    actions.computeIfAbsent(action.name(), a -> new ArrayList<>())
                            .add(BoundCalls.action(visible.model(), name, action));
                }
            }
        });
        types.put(TENANT, tenant());
        singletons(visible)
                .forEach(name -> singletons.put(
                        name,
                        name.equals(ME)
                                ? me(visible.require(USERS), visible)
                                : new CsdlSingleton().setName(name).setType(named(name))));
    }

    /** What there is exactly one of for each caller. */
    static List<String> singletons(VisibleModel visible) {
        return visible.objects().containsKey(USERS) ? List.of(ME, TENANT) : List.of(TENANT);
    }

    private static CsdlSingleton me(VisibleObject users, VisibleModel visible) {
        return new CsdlSingleton()
                .setName(ME)
                .setType(named(USERS))
                .setNavigationPropertyBindings(bindings(visible, users));
    }

    private static CsdlEntityType tenant() {
        return new CsdlEntityType()
                .setName(TENANT)
                .setKey(List.of(new CsdlPropertyRef().setName(TENANT_KEY)))
                .setProperties(TENANT_PROPERTIES.stream()
                        .map(name -> new CsdlProperty()
                                .setName(name)
                                .setType(EdmPrimitiveTypeKind.String.getFullQualifiedName())
                                .setNullable(false))
                        .toList());
    }

    private static CsdlEntityType type(VisibleModel visible, VisibleObject object) {
        List<CsdlProperty> properties = new ArrayList<>();
        properties.add(new CsdlProperty()
                .setName(SystemField.ID)
                .setType(EdmPrimitiveTypeKind.Guid.getFullQualifiedName())
                .setNullable(false));
        properties.add(new CsdlProperty()
                .setName(SystemField.VERSION)
                .setType(EdmPrimitiveTypeKind.Int64.getFullQualifiedName())
                .setNullable(false));
        List<CsdlNavigationProperty> ways = new ArrayList<>();
        for (Field field : object.fields().values()) {
            String property = VisibleObject.property(field);
            properties.add(EdmTypes.property(visible.model(), property, field));
            VisibleObject.target(field)
                    .filter(visible.objects()::containsKey)
                    .ifPresent(target -> ways.add(new CsdlNavigationProperty()
                            .setName(field.name())
                            .setType(named(target))
                            .setNullable(!field.alwaysRequired())
                            .setReferentialConstraints(List.of(new CsdlReferentialConstraint()
                                    .setProperty(property)
                                    .setReferencedProperty(SystemField.ID)))));
        }
        object.children()
                .values()
                .forEach(child -> ways.add(new CsdlNavigationProperty()
                        .setName(child.name())
                        .setType(named(child.object()))
                        .setCollection(true)));
        return new CsdlEntityType()
                .setName(object.name())
                .setKey(List.of(new CsdlPropertyRef().setName(SystemField.ID)))
                .setProperties(properties)
                .setNavigationProperties(ways);
    }

    private static CsdlEntitySet set(VisibleModel visible, VisibleObject object) {
        return new CsdlEntitySet()
                .setName(object.name())
                .setType(named(object.name()))
                .setNavigationPropertyBindings(bindings(visible, object));
    }

    private static List<CsdlNavigationPropertyBinding> bindings(VisibleModel visible, VisibleObject object) {
        List<CsdlNavigationPropertyBinding> bindings = new ArrayList<>();
        for (Field field : object.fields().values()) {
            VisibleObject.target(field)
                    .filter(visible.objects()::containsKey)
                    .ifPresent(target -> bindings.add(new CsdlNavigationPropertyBinding()
                            .setPath(field.name())
                            .setTarget(target)));
        }
        object.children()
                .values()
                .forEach(child -> bindings.add(new CsdlNavigationPropertyBinding()
                        .setPath(child.name())
                        .setTarget(child.object())));
        return bindings;
    }

    /** What an action answers: a message, and whatever values it gives. */
    private static CsdlComplexType actionAnswer() {
        return new CsdlComplexType()
                .setName(ACTION_ANSWER)
                .setProperties(List.of(
                        new CsdlProperty()
                                .setName("message")
                                .setType(EdmPrimitiveTypeKind.String.getFullQualifiedName()),
                        new CsdlProperty().setName("values").setType(named(ACTION_VALUES))));
    }

    private static CsdlComplexType actionValues() {
        return new CsdlComplexType().setName(ACTION_VALUES).setOpenType(true);
    }

    @Override
    public @Nullable CsdlComplexType getComplexType(FullQualifiedName name) {
        return complexTypes().stream()
                .filter(type -> name.equals(named(type.getName())))
                .findFirst()
                .orElse(null);
    }

    static FullQualifiedName named(String name) {
        return new FullQualifiedName(NAMESPACE, name);
    }

    @Override
    public @Nullable CsdlEntityType getEntityType(FullQualifiedName name) {
        return name.getNamespace().equals(NAMESPACE) ? types.get(name.getName()) : null;
    }

    @Override
    public @Nullable CsdlEntitySet getEntitySet(FullQualifiedName container, String name) {
        return container.equals(CONTAINER) ? sets.get(name) : null;
    }

    @Override
    public @Nullable CsdlSingleton getSingleton(FullQualifiedName container, String name) {
        return container.equals(CONTAINER) ? singletons.get(name) : null;
    }

    @Override
    public @Nullable List<CsdlAction> getActions(FullQualifiedName name) {
        return name.getNamespace().equals(NAMESPACE) ? actions.get(name.getName()) : null;
    }

    @Override
    public @Nullable List<CsdlFunction> getFunctions(FullQualifiedName name) {
        return name.getNamespace().equals(NAMESPACE) ? functions.get(name.getName()) : null;
    }

    @Override
    public CsdlEntityContainer getEntityContainer() {
        return new CsdlEntityContainer()
                .setName(CONTAINER.getName())
                .setEntitySets(List.copyOf(sets.values()))
                .setSingletons(List.copyOf(singletons.values()));
    }

    @Override
    public @Nullable CsdlEntityContainerInfo getEntityContainerInfo(@Nullable FullQualifiedName name) {
        return name == null || name.equals(CONTAINER)
                ? new CsdlEntityContainerInfo().setContainerName(CONTAINER)
                : null;
    }

    @Override
    public List<CsdlSchema> getSchemas() {
        return List.of(new CsdlSchema()
                .setNamespace(NAMESPACE)
                .setEntityTypes(List.copyOf(types.values()))
                .setComplexTypes(complexTypes())
                .setActions(actions.values().stream().flatMap(List::stream).toList())
                .setFunctions(functions.values().stream().flatMap(List::stream).toList())
                .setEntityContainer(getEntityContainer()));
    }

    private List<CsdlComplexType> complexTypes() {
        return actions.isEmpty() ? List.of(FileValues.TYPE) : List.of(FileValues.TYPE, actionAnswer(), actionValues());
    }
}
