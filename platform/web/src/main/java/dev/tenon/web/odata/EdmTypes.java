package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.MaskedText;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;

/** How the types of fields are called in OData. */
final class EdmTypes {

    private EdmTypes() {}

    static CsdlProperty property(Model model, String name, Field field) {
        CsdlProperty property = new CsdlProperty().setName(name).setNullable(!field.alwaysRequired());
        describe(model, field.type(), property);
        // Of a collection this is about its items, and none of them is ever empty.
        return property.isCollection() ? property.setNullable(false) : property;
    }

    /** Whether values are written in quotes. */
    static boolean isText(Model model, Field field) {
        return EdmPrimitiveTypeKind.String.getFullQualifiedName()
                .getFullQualifiedNameAsString()
                .equals(property(model, field.name(), field).getType());
    }

    private static void describe(Model model, FieldType type, CsdlProperty property) {
        switch (type) {
            case FieldType.Text text ->
                of(property, EdmPrimitiveTypeKind.String).setMaxLength(text.maxLength());
            case FieldType.WholeNumber _ -> of(property, EdmPrimitiveTypeKind.Int64);
            case FieldType.DecimalNumber number ->
                of(property, EdmPrimitiveTypeKind.Decimal)
                        .setPrecision(number.precision())
                        .setScale(number.scale());
            case FieldType.Bool _ -> of(property, EdmPrimitiveTypeKind.Boolean);
            case FieldType.DateOnly _ -> of(property, EdmPrimitiveTypeKind.Date);
            case FieldType.DateTime _ ->
                of(property, EdmPrimitiveTypeKind.DateTimeOffset).setPrecision(6);
            case FieldType.TimeOfDay _ ->
                of(property, EdmPrimitiveTypeKind.TimeOfDay).setPrecision(6);
            case FieldType.MultiPicklist _ ->
                of(property, EdmPrimitiveTypeKind.String).setCollection(true);
            case FieldType.RichText text ->
                of(property, EdmPrimitiveTypeKind.String).setMaxLength(text.maxLength());
            case FieldType.Json json ->
                of(property, EdmPrimitiveTypeKind.String).setMaxLength(json.maxLength());
            case FieldType.EncryptedText text ->
                of(property, EdmPrimitiveTypeKind.String).setMaxLength(Math.max(text.maxLength(), MaskedText.LONGEST));
            case FieldType.Picklist _ -> of(property, EdmPrimitiveTypeKind.String);
            case FieldType.AutoNumber _ -> of(property, EdmPrimitiveTypeKind.String);
            case FieldType.File _ -> property.setType(ModelEdm.FILE_TYPE);
            case FieldType.Lookup _ -> of(property, EdmPrimitiveTypeKind.Guid);
            case FieldType.MasterDetail _ -> of(property, EdmPrimitiveTypeKind.Guid);
            case FieldType.ManyToMany _ ->
                of(property, EdmPrimitiveTypeKind.Guid).setCollection(true);
            case FieldType.Formula formula -> describe(model, formula.result(), property);
            case FieldType.Derived derived -> describe(model, derived.result(), property);
            case FieldType.RollUp rollUp -> describe(model, rollUp.result(model), property);
        }
    }

    private static CsdlProperty of(CsdlProperty property, EdmPrimitiveTypeKind kind) {
        return property.setType(kind.getFullQualifiedName());
    }
}
