package dev.tenon.metadata.internal;

import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.ErrorSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML (the JSON schema of YAML 1.2, so {@code yes} is a text) into nodes with places. */
final class YamlText {

    /** Digits of a number; more is a mistake or an attack on the arithmetic. */
    private static final int MAX_DIGITS = 60;

    private final String origin;
    private final String file;
    private final List<Problem> problems;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlText(String origin, String file, List<Problem> problems) {
        this.origin = origin;
        this.file = file;
        this.problems = problems;
    }

    /** The file's content, an empty map for an empty file; absent after a syntax error, which is then reported. */
    static Optional<Node> parse(String origin, String file, String text, List<Problem> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(FileSource.MAX_FILE_BYTES)
                .setAllowNonScalarKeys(false)
                .build();
        try {
            List<org.snakeyaml.engine.v2.nodes.Node> documents = new ArrayList<>();
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
            if (documents.isEmpty()) {
                return Optional.of(Node.EMPTY_MAP);
            }
            YamlText reader = new YamlText(origin, file, problems);
            if (documents.size() > 1) {
                reader.report(MetadataError.YAML_SYNTAX, documents.get(1), Map.of("message", "more than one document"));
            }
            return Optional.of(reader.node(documents.getFirst()));
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            ErrorSource at = new ErrorSource(
                    origin, file, mark == null ? 0 : mark.getLine() + 1, mark == null ? 0 : mark.getColumn() + 1);
            problems.add(Problem.at(at, MetadataError.YAML_SYNTAX, Map.of("message", String.valueOf(e.getProblem()))));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(Problem.at(
                    new ErrorSource(origin, file, 0, 0),
                    MetadataError.YAML_SYNTAX,
                    Map.of("message", String.valueOf(e.getMessage()))));
            return Optional.empty();
        }
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node node) {
        int line = line(node);
        int column = column(node);
        // The composer gives an alias as the very node of its anchor; a few of them can stand for millions of values.
        if (!seen.add(node)) {
            report(MetadataError.YAML_ALIAS, node, Map.of());
            return new Node(null, line, column);
        }
        return switch (node) {
            case MappingNode map -> new Node(map(map), line, column);
            case SequenceNode list -> {
                List<Node> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(node(item)));
                yield new Node(items, line, column);
            }
            case ScalarNode scalar -> new Node(scalar(scalar), line, column);
            default -> throw new IllegalStateException("unknown node " + node.getNodeType());
        };
    }

    private Map<String, Node.Entry> map(MappingNode map) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                report(MetadataError.YAML_SYNTAX, tuple.getKeyNode(), Map.of("message", "a key must be a text"));
                continue;
            }
            String key = keyNode.getValue();
            Node.Entry earlier = entries.get(key);
            if (earlier != null) {
                report(MetadataError.DUPLICATE_KEY, keyNode, Map.of("key", key, "firstLine", earlier.line()));
                continue;
            }
            entries.put(key, new Node.Entry(node(tuple.getValueNode()), line(keyNode), column(keyNode)));
        }
        return entries;
    }

    private @Nullable Object scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.STR)) {
            return text;
        }
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        if (number && text.length() <= MAX_DIGITS) {
            try {
                BigDecimal exact = new BigDecimal(text);
                if (Math.abs((long) exact.scale()) <= MAX_DIGITS) {
                    return tag.equals(Tag.INT) && fitsLong(exact.toBigInteger())
                            ? (Object) exact.longValueExact()
                            : exact;
                }
            } catch (NumberFormatException notFinite) {
                // .inf and .nan are no values here.
            }
        }
        report(MetadataError.YAML_VALUE, scalar, Map.of("value", text.substring(0, Math.min(text.length(), 80))));
        return null;
    }

    private static boolean fitsLong(BigInteger number) {
        return number.bitLength() < Long.SIZE;
    }

    private void report(MetadataError code, org.snakeyaml.engine.v2.nodes.Node at, Map<String, Object> args) {
        problems.add(Problem.at(new ErrorSource(origin, file, line(at), column(at)), code, args));
    }

    private static int line(org.snakeyaml.engine.v2.nodes.Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int column(org.snakeyaml.engine.v2.nodes.Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }
}
