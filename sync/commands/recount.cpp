#include <fmt/format.h>
#include <signal.h>

#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/commands/verify.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

struct Live {
    std::int64_t responses = 0;  // of every version
    std::string sha256;
    double figures_ms = 0;
    bool is_recounting = false;
};

/// The server writes live.json when it gets SIGUSR1 (docs/evaluation.md).
Result<Live> ask_server(const fs::path& data) {
    const auto pid = load_file(data / "server.pid", 64);
    if (!pid) return fail(ErrorCode::NotFound, "no server runs on " + data.string());
    std::error_code ec;
    fs::remove(data / "live.json", ec);
    const auto number = static_cast<pid_t>(std::strtol(pid->c_str(), nullptr, 10));
    if (number <= 1 || ::kill(number, SIGUSR1) != 0)
        return fail(ErrorCode::NotFound,
                    "no server runs on " + data.string() + ", or it is another account's");
    for (int i = 0; i < 1000; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        const auto text = load_file(data / "live.json");
        if (!text) continue;
        try {
            const auto json = nlohmann::json::parse(*text);
            return Live{json.at("responses").get<std::int64_t>(),
                        json.at("counts_sha256").get<std::string>(),
                        json.at("figures_ms").get<double>(), json.value("recounting", false)};
        } catch (const nlohmann::json::exception&) {
            return fail(ErrorCode::Corrupt, "live.json cannot be read");
        }
    }
    return fail(ErrorCode::Unavailable, "the server does not answer");
}

}  // namespace

Ended recount(const EvaluationOptions& options) {
    constexpr int kTries = 5;
    constexpr std::chrono::milliseconds kFollowed{1500};  // the server has seen what others let out
    for (int i = 0; i < kTries; ++i) {
        const auto live = ask_server(options.data);
        if (!live) return end_with(Ended::Environment, live.error().message);
        if (live->is_recounting)
            return end_with(Ended::Environment,
                            "the server is counting anew after a deletion; try again later");
        Ended ended = Ended::Ok;
        const auto input = load_evaluation_input(options, ended);
        if (!input) return ended;
        const auto counts = input->store->counts();
        if (!counts) return end_with(Ended::Environment, counts.error().message);
        if (counts->responses != live->responses) {  // some came out in between
            std::this_thread::sleep_for(kFollowed);
            continue;
        }
        // As the server counts: by the pack alone, nothing left out.
        EvaluationCounter counter(input->pack(), kNoWardData);
        const auto start = std::chrono::steady_clock::now();
        if (const Status read = count_all(*input, counter); !read)
            return end_with(Ended::Environment, read.error().message);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        const bool equal = sha256_hex(counter.all_counts()) == live->sha256;
        std::cout << fmt::format(
            "{} responses; the server's totals {} a recount\nfigures from the totals: {:.1f} ms, "
            "recount: {:.1f} s\n",
            live->responses, equal ? "equal" : "DIFFER from", live->figures_ms, took.count());
        ended = end_after_output();
        return equal ? ended : Ended::NeedsCare;
    }
    return end_with(Ended::Environment, "answers come out faster than they are counted; try again");
}

}  // namespace machikoe
