// Opener: reads what kiosks have sealed, with the keys that it is given.
//
// An epoch is opened once, by its opening; its records then open in any order, each time they
// are asked for.  Nothing is taken on trust: an opening names its kiosk inside the box, and a
// record is authentic for that kiosk, epoch and index or it does not open.
//
// Epochs are kept for speed only and forgotten beyond kKeptEpochs; who needs an old one gives
// its opening again.  Belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "sync/seal/epoch.h"
#include "sync/seal/keys.h"

namespace machikoe {

class Opener {
  public:
    static constexpr std::size_t kKeptEpochs = 20'000;

    Opener() = default;
    Opener(Opener&&) = default;
    Opener& operator=(Opener&&) = default;
    ~Opener();

    void add_key(SealingKey key);
    bool has_key(std::string_view id) const { return keys_.contains(std::string(id)); }

    /// NotFound: sealed to a key that is not here (the message says its id).  Invalid: not an
    /// opening, changed on its way, or another kiosk's.
    Status open_epoch(std::string_view kiosk, std::string_view opening);
    bool knows_epoch(std::string_view id) const { return epochs_.contains(std::string(id)); }
    /// The record.  NotFound: its epoch is not open (any more).  Invalid: not authentic.
    Result<std::string> open(std::string_view kiosk, std::string_view payload);

  private:
    using Key = std::array<unsigned char, 32>;
    struct OpenEpoch {
        std::string kiosk;
        Key first;                // of index 0
        Key latest;               // of `index`
        std::uint32_t index = 0;  // up to where the chain was walked
        std::list<std::string>::iterator age;
    };
    void forget_oldest();

    std::map<std::string, SealingKey> keys_;
    std::map<std::string, OpenEpoch> epochs_;
    std::list<std::string> by_age_;  // the one used last at the end
};

}  // namespace machikoe
