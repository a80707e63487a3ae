// Stretcher: samples of any rate to samples at 48 kHz, slower or faster, at the pitch they had.
//
// libsonic does both.  It looks some 30 ms ahead, so that what was written comes out a little
// later; flush() gets the rest out.  One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

struct sonicStreamStruct;

namespace machikoe {

class Stretcher {
  public:
    /// REQUIRES: 8,000 ≤ rate ≤ 96,000; 50 ≤ speed_percent ≤ 200.
    Stretcher(int rate, int speed_percent);

    void write(std::span<std::int16_t> samples);
    void flush();
    /// How many were written to `to`; 0: nothing is ready.
    std::size_t read(std::span<std::int16_t> to);

  private:
    struct Destroy {
        void operator()(sonicStreamStruct* stream) const;
    };
    std::unique_ptr<sonicStreamStruct, Destroy> stream_;
};

}  // namespace machikoe
