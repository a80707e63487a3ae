// Neighbours: own counts without a server, the server's with one, and the screen that shows
// them; real files, a real server, the kiosk without its window.
#include <gmock/gmock.h>

#include <thread>

#include "app/kiosk.h"
#include "app/neighbours.h"
#include "sync/client/client.h"
#include "sync/client/keeping.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;

class NeighboursProgramTest : public MachikoeTest {
  protected:
    std::string ward() const { return MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4"; }
    const Question& question() const {
        for (const Question& one : pack_.survey.questions)
            if (one.type == QuestionType::Scale && one.relevant.empty() && one.universes.empty())
                return one;
        throw std::runtime_error("the pack has no scale");
    }
    Response response() const {
        Response made;
        made.pack_id = pack_.plan.id;
        made.pack_hash = pack_.hash;
        made.site = "office";
        made.when = {"2022-06-01", 10};
        made.issues_opened = {question().section};
        made.duration_s = 60;
        for (const Question& one : pack_.survey.questions) made.answers[one.id] = {};
        made.answers[question().id] = {AnswerStatus::Answered,
                                       ChosenOptions{question().options.front().id}};
        return made;
    }
    /// What the sync thread holds once it holds this many responses.
    static std::shared_ptr<const Totals> wait_for(const SyncThread& sync, std::int64_t responses) {
        for (int i = 0; i < 1200; ++i) {
            const auto totals = sync.totals();
            if (totals && totals->responses == responses) return totals;
            std::this_thread::sleep_for(25ms);
        }
        return nullptr;
    }

    Pack pack_ = load_pack(ward()).value();
};

TEST_F(NeighboursProgramTest, TheServersTotalsTakeThePlaceOfTheKiosksOwnAndStay) {
    auto server = start({"serve", "--data", data(), "--pack", ward(), "--port", "0", "--port-file",
                         (folder_ / "port").string(), "--plain-http", "--mix", "2"});
    const std::string url = "http://127.0.0.1:" + port();
    std::filesystem::create_directories(folder_ / "kiosk");
    Outbox outbox = Outbox::open(folder_ / "kiosk").value();
    KeyStore keys = KeyStore::open(folder_ / "kiosk", "a passphrase").value();
    ASSERT_TRUE(
        enrol(outbox.kiosk(), keys, *make_curl_transport(), url, enrolment_code({"--plain-http"})));
    Sealer sealer(outbox.kiosk());

    Neighbours neighbours(pack_);
    SyncThread sync(folder_ / "kiosk", make_curl_transport());
    const auto answer = [&](int count) {
        for (int i = 0; i < count; ++i) {
            const std::string record = encode_record(response());
            ASSERT_TRUE(machikoe::keep({.record = record,
                                        .public_key = key_to_seal_to(keys).value(),
                                        .pack_hash = pack_.hash},
                                       sealer, outbox));
            neighbours.saved(response());
        }
    };
    answer(8);
    EXPECT_EQ(neighbours.shares().source, Shares::Source::ThisKiosk);
    EXPECT_EQ(neighbours.shares().totals.shown(question().id), nullptr);
    ASSERT_TRUE(sync.drain(20s));
    answer(2);
    EXPECT_EQ(neighbours.shares().totals.shown(question().id)->n, 10);
    ASSERT_TRUE(sync.drain(20s));
    const auto ten = wait_for(sync, 10);
    ASSERT_NE(ten, nullptr);
    EXPECT_EQ(ten->pack_hash, pack_.hash);
    neighbours.heard(ten);
    EXPECT_EQ(neighbours.shares().source, Shares::Source::Server);
    EXPECT_EQ(neighbours.shares().totals.shown(question().id)->n, 10);

    // Nine more are nobody's to see; the server gone, its last word stays.
    answer(9);
    ASSERT_TRUE(sync.drain(20s));
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
    answer(1);
    neighbours.heard(sync.totals());
    EXPECT_EQ(neighbours.shares().totals.responses, 10);
    EXPECT_EQ(neighbours.shares().source, Shares::Source::Server);
}

TEST_F(NeighboursProgramTest, TotalsOfAnotherPackAreNotShown) {
    Neighbours neighbours(pack_);
    neighbours.heard(nullptr);
    neighbours.heard(std::make_shared<const Totals>(Totals{std::string(64, 'b'), 120, {}}));
    EXPECT_EQ(neighbours.shares().source, Shares::Source::ThisKiosk);
    EXPECT_EQ(neighbours.shares().totals.responses, 0);
}

/// The kiosk itself, alone: what ten people said at it is shown to the tenth, and no trace of
/// the counts lies beside the outbox.
TEST_F(NeighboursProgramTest, AKioskWithoutAServerShowsItsOwnCountsInSteps) {
    ManualClock clock;
    KioskOptions options;
    options.pack = ward();
    options.assets = MACHIKOE_SOURCE_DIR "/assets";
    options.data = folder_ / "kiosk";
    auto kiosk = Kiosk::open(options, clock, {}).value();
    Stage& stage = kiosk->stage();
    const auto tap = [&](std::string_view id) {
        clock.advance(500ms);
        kiosk->frame();
        const Node* node = stage.find(id);
        ASSERT_NE(node, nullptr) << id;
        const ImVec2 at = node->bounds.centre();
        stage.input().push({PointerEvent::Kind::Down, at.x, at.y});
        stage.input().push({PointerEvent::Kind::Up, at.x, at.y});
        for (int i = 0; i < 4; ++i) kiosk->frame();
    };
    const std::string share = "share:" + question().options.front().id;
    for (int person = 1; person <= 11; ++person) {
        Visit visit = visit_before_anybody(pack_);
        visit.screen = Screen::Review;
        visit.issues_opened = {question().section};
        visit.answers[question().id] = response().answers.at(question().id);
        visit.last_input = visit.entered = visit.started = clock.monotonic();
        stage.show(visit);
        kiosk->frame();
        tap("submit");
        ASSERT_EQ(stage.visit().screen, Screen::Thanks);
        tap("neighbours");
        EXPECT_EQ(stage.find("few") == nullptr, person >= 10) << person;
        EXPECT_EQ(stage.find(share) != nullptr, person >= 10) << person;
        if (const Node* bar = stage.find(share)) {
            EXPECT_EQ(bar->value, "100%");
        }
        tap("finish");
        EXPECT_EQ(stage.visit().screen, Screen::Attract);
    }
    std::set<std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(folder_ / "kiosk"))
        files.insert(file.path().filename().string());
    for (const std::string& file : files) EXPECT_TRUE(file.starts_with("kiosk.") || file.starts_with("keys.")) << file;
}

}  // namespace
}  // namespace machikoe
