// SpokenGuide: everything that lets a kiosk speak, put together: clips, loudspeaker or headphones,
// the jack, and the narrator that goes along with the stage.
//
// Where something is missing (no clips, no sound device, no jack that tells) the kiosk works as it
// would without speech, and the log says what an operator can do.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>

#include "app/keypad.h"
#include "app/narration/clip_output.h"
#include "app/narration/narrator.h"
#include "app/speech/jack_watch.h"
#include "app/speech/speaker.h"

namespace machikoe {

struct SpokenGuideOptions {
    std::filesystem::path assets, pack;  // where the clips are
    SpeechSettings speech;               // as the keypad's file says
    /// Everything that is said, a line each: for tests and rehearsals, never where residents are.
    std::filesystem::path spoken;
};

class SpokenGuide {
  public:
    /// Goes along with the stage from here on.  `wake`: from any thread, so that a frame is looked
    /// for.  REQUIRES: strings and stage outlive it.
    SpokenGuide(const Pack& pack, const Strings& strings, Stage& stage, SpokenGuideOptions options,
                std::function<void()> wake);
    ~SpokenGuide();
    SpokenGuide(const SpokenGuide&) = delete;
    SpokenGuide& operator=(const SpokenGuide&) = delete;

  private:
    void watch_jack(const SpeechSettings& speech, const std::function<void()>& wake);
    void write_down(const Wording& said);

    Stage& stage_;
    std::ofstream spoken_;
    Speaker speaker_;
    ClipOutput output_;
    Narrator narrator_;
    std::unique_ptr<JackWatch> jack_;
};

}  // namespace machikoe
