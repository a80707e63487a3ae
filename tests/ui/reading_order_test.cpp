// ReadingOrder: what is read before what.
#include "app/ui/reading_order.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

Node node_at(const std::string& id, Rect bounds, Zone zone = Zone::Body) {
    Node node;
    node.id = id;
    node.bounds = bounds;
    node.zone = zone;
    return node;
}

std::vector<std::string> read(std::vector<Node> nodes) {
    put_in_reading_order(nodes);
    std::vector<std::string> ids;
    for (const Node& node : nodes) ids.push_back(node.id);
    return ids;
}
using Ids = std::vector<std::string>;

TEST(ReadingOrderTest, WhatStandsAboveComesFirstWhateverWasDrawnFirst) {
    EXPECT_EQ(read({node_at("button", {0, 900, 100, 50}), node_at("words", {0, 100, 100, 50}),
                    node_at("title", {0, 0, 100, 50})}),
              (Ids{"title", "words", "button"}));
}

TEST(ReadingOrderTest, ColumnsAreReadOneAfterTheOtherUnderTheirHeading) {
    EXPECT_EQ(read({node_at("left1", {0, 100, 100, 50}), node_at("left2", {0, 200, 100, 50}),
                    node_at("right1", {200, 100, 100, 50}), node_at("right2", {200, 200, 100, 50}),
                    node_at("title", {0, 0, 300, 50})}),
              (Ids{"title", "left1", "left2", "right1", "right2"}));
}

TEST(ReadingOrderTest, WhatIsOnEveryScreenComesLastThoughItStandsAbove) {
    EXPECT_EQ(
        read({node_at("quit", {0, 0, 100, 50}, Zone::Tools),
              node_at("language", {0, 0, 100, 50}, Zone::Languages),
              node_at("next", {0, 900, 100, 50}, Zone::Foot), node_at("title", {0, 100, 100, 50})}),
        (Ids{"title", "next", "quit", "language"}));
}

TEST(ReadingOrderTest, WhatOverlapsStaysAsItWasDrawn) {
    EXPECT_EQ(read({node_at("dialog", {0, 0, 300, 300}), node_at("words", {10, 10, 100, 50}),
                    node_at("mark", {20, 20, 10, 10})}),
              (Ids{"dialog", "words", "mark"}));
}

TEST(ReadingOrderTest, NodesWithoutAnyHeightLoseNobody) {
    EXPECT_EQ(read({node_at("a", {0, 10, 100, 0}), node_at("b", {0, 10, 100, 0}),
                    node_at("c", {0, 0, 100, 5})}),
              (Ids{"c", "a", "b"}));
    EXPECT_EQ(read({}), Ids{});
}

}  // namespace
}  // namespace machikoe
