// Harnesses: each reads bytes that a stranger could send, and must come back.  What a harness
// demands beyond that (what was decoded encodes to the same value) ends the program.
//
// With libFuzzer each is a program of its own (tests/fuzz/run); in every other build
// replay_test.cpp feeds all of them with the corpus.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace machikoe::fuzz {

void pack(std::string_view bytes);            // a content pack's files
void record(std::string_view bytes);          // one response
void batch(std::string_view bytes);           // POST /v1/batch
void messages(std::string_view bytes);        // all other JSON of the protocol, by the first byte
void enrolment_code(std::string_view bytes);  // as somebody types it
void envelope(std::string_view bytes);        // a payload: sealed, an opening, or a record
void bundle(std::string_view bytes);          // a file on a stick
void inflate(std::string_view bytes);         // a compressed body
void request(std::string_view bytes);         // an HTTP request to the routes and a real store
void odata(std::string_view bytes);           // a question to the feed, on two rows a page
void payloads(std::string_view bytes);        // a batch of an enrolled kiosk that is hostile

struct Harness {
    std::string name;
    void (*run)(std::string_view);
};
inline const std::vector<Harness> kHarnesses = {
    {"pack", pack},         {"record", record},     {"batch", batch},
    {"messages", messages}, {"envelope", envelope}, {"enrolment_code", enrolment_code},
    {"bundle", bundle},     {"inflate", inflate},   {"request", request},
    {"payloads", payloads}, {"odata", odata},
};

/// Ends the program, whatever the build.
inline void demand(bool good) {
    if (!good) __builtin_trap();
}

/// "=== name" on a line of its own begins the next part; what stands before the first is "".
std::vector<std::pair<std::string, std::string>> parts_of(std::string_view bytes);

}  // namespace machikoe::fuzz
