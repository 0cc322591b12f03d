package dev.tenon.metadata.internal;

import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.SystemField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that the platform gives every object. */
final class SystemFields {

    private static final int UUID_LENGTH = 36;

    static final List<Field> ALL = List.of(
            field(SystemField.ID, "Id", "标识", new FieldType.Text(UUID_LENGTH, false, FieldType.Text.Format.PLAIN)),
            field(SystemField.VERSION, "Version", "版本", new FieldType.WholeNumber(Optional.empty(), Optional.empty())),
            field(SystemField.OWNER, "Owner", "负责人", new FieldType.Lookup(ObjectFields.USER)),
            field(SystemField.CREATED_AT, "Created at", "创建时间", new FieldType.DateTime()),
            field(SystemField.CREATED_BY, "Created by", "创建人", new FieldType.Lookup(ObjectFields.USER)),
            field(SystemField.UPDATED_AT, "Updated at", "修改时间", new FieldType.DateTime()),
            field(SystemField.UPDATED_BY, "Updated by", "修改人", new FieldType.Lookup(ObjectFields.USER)));

    private SystemFields() {}

    private static Field field(String name, String english, String chinese, FieldType type) {
        return new Field(
                name,
                PackageInfo.SYSTEM_NAME,
                new Label(Map.of("en", english, "zh-CN", chinese)),
                type,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                // Giving a record to somebody else is ordinary work.
                !name.equals(SystemField.OWNER),
                true,
                false);
    }
}
