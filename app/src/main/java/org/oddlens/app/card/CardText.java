package org.oddlens.app.card;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.text.Text;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Link;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;

/** The words of a block: plain, strong, code, links. */
final class CardText {

    private CardText() {}

    /** Nodes for a text flow. A link copies its address; whether a browser is opened is the reader's choice. */
    static List<Node> of(org.commonmark.node.Node block) {
        List<Node> nodes = new ArrayList<>();
        add(nodes, block, "od-card-text");
        return nodes;
    }

    private static void add(List<Node> nodes, org.commonmark.node.Node parent, String style) {
        for (org.commonmark.node.Node word = parent.getFirstChild(); word != null; word = word.getNext()) {
            if (word instanceof org.commonmark.node.Text text) {
                nodes.add(text(text.getLiteral(), style));
            } else if (word instanceof SoftLineBreak) {
                nodes.add(text(" ", style));
            } else if (word instanceof Code code) {
                nodes.add(text(code.getLiteral(), "od-card-code"));
            } else if (word instanceof Link link) {
                nodes.add(link(link));
            } else if (word instanceof StrongEmphasis || word instanceof Emphasis) {
                add(nodes, word, "od-card-strong");
            }
        }
    }

    private static Text text(String words, String style) {
        Text text = new Text(words);
        text.getStyleClass().add(style);
        return text;
    }

    private static Node link(Link link) {
        Hyperlink shown = new Hyperlink(plain(link));
        shown.setTooltip(new Tooltip("Copy " + link.getDestination()));
        shown.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(link.getDestination());
            Clipboard.getSystemClipboard().setContent(content);
        });
        return shown;
    }

    /** The words without marks. */
    static String plain(org.commonmark.node.Node parent) {
        StringBuilder words = new StringBuilder();
        for (org.commonmark.node.Node word = parent.getFirstChild(); word != null; word = word.getNext()) {
            if (word instanceof org.commonmark.node.Text text) {
                words.append(text.getLiteral());
            } else if (word instanceof Code code) {
                words.append(code.getLiteral());
            } else if (word instanceof SoftLineBreak) {
                words.append(' ');
            } else {
                words.append(plain(word));
            }
        }
        return words.toString();
    }
}
