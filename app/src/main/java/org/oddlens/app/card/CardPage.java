package org.oddlens.app.card;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;

/** Markdown as a page: headings, paragraphs, lists, formulas as code, tables. What it does not know it leaves out. */
final class CardPage extends VBox {

    private static final double LINE = 20;

    CardPage(String markdown) {
        super(10);
        getStyleClass().add("od-card-page");
        setPadding(new Insets(28, 36, 36, 36));
        Parser parser =
                Parser.builder().extensions(List.of(TablesExtension.create())).build();
        org.commonmark.node.Node page = parser.parse(markdown);
        for (org.commonmark.node.Node block = page.getFirstChild(); block != null; block = block.getNext()) {
            Node node = block(block);
            if (node != null) {
                getChildren().add(node);
            }
        }
    }

    private static Node block(org.commonmark.node.Node block) {
        if (block instanceof Heading heading) {
            return heading(heading);
        }
        if (block instanceof Paragraph) {
            return paragraph(block);
        }
        if (block instanceof FencedCodeBlock code) {
            return code(code.getLiteral().stripTrailing());
        }
        if (block instanceof BulletList) {
            return list(block);
        }
        return block instanceof TableBlock ? new CardTable(block) : null;
    }

    private static Node heading(Heading heading) {
        Label label = new Label(CardText.plain(heading));
        label.setWrapText(true);
        label.getStyleClass().add(heading.getLevel() == 1 ? "od-card-title" : "od-panel-title");
        if (heading.getLevel() > 1) {
            VBox.setMargin(label, new Insets(12, 0, 0, 0));
        }
        return label;
    }

    private static TextFlow paragraph(org.commonmark.node.Node paragraph) {
        TextFlow flow = new TextFlow();
        flow.setLineSpacing(2);
        flow.setMinHeight(Region.USE_PREF_SIZE);
        flow.getChildren().setAll(CardText.of(paragraph));
        return flow;
    }

    /** Text that can be selected and copied: formulas and citations. */
    private static Node code(String text) {
        TextArea area = new TextArea(text);
        area.setEditable(false);
        area.getStyleClass().add("od-code-block");
        double height = LINE * text.lines().count() + 20;
        area.setMinHeight(height);
        area.setPrefHeight(height);
        area.setMaxHeight(height);
        area.setAccessibleText(text);
        return area;
    }

    private static Node list(org.commonmark.node.Node list) {
        VBox items = new VBox(4);
        for (org.commonmark.node.Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (item instanceof ListItem && item.getFirstChild() != null) {
                Label dot = new Label("•");
                dot.setMinWidth(Region.USE_PREF_SIZE);
                TextFlow text = paragraph(item.getFirstChild());
                HBox.setHgrow(text, Priority.ALWAYS);
                HBox line = new HBox(8, dot, text);
                line.setMinHeight(Region.USE_PREF_SIZE);
                items.getChildren().add(line);
            }
        }
        return items;
    }
}
