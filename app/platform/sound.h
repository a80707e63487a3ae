// Sound: a tone through the machine's loudspeaker or headphones.
//
// Knows SDL2, and of SDL2 only audio, as app/speech does.  Blocks while it plays, so it
// belongs on a thread that nobody waits for; one tone at a time.
#pragma once

#include "app/base/result.h"

namespace machikoe {

/// A second of 880 Hz.  0 % is silence, 100 % as loud as the device goes.  NotFound: there is no
/// audio device.  Unavailable: there is one, but it does not play.
Status play_tone(int volume_percent);

}  // namespace machikoe
