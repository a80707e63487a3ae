#include <opus/opusenc.h>
#include <opus/opusfile.h>

#include <memory>

#include "app/voice/sound_clip.h"

namespace machikoe {
namespace {

constexpr std::size_t kLongestSeconds = 600;
constexpr int kSerial = 1;  // a random one would make other bytes of the same samples

int append(void* bytes, const unsigned char* page, opus_int32 size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(page),
                                             static_cast<std::size_t>(size));
    return 0;
}

int close_nothing(void*) {
    return 0;
}

struct Comments {
    OggOpusComments* held = ope_comments_create();
    ~Comments() { ope_comments_destroy(held); }
};

}  // namespace

Result<std::string> encode_opus(const Sound& sound) {
    if (sound.samples.empty()) return fail(ErrorCode::Invalid, "nothing to be heard");
    std::string bytes;
    const OpusEncCallbacks calls{append, close_nothing};
    Comments comments;
    int error = OPE_OK;
    const std::unique_ptr<OggOpusEnc, decltype(&ope_encoder_destroy)> encoder(
        ope_encoder_create_callbacks(&calls, &bytes, comments.held, sound.rate, 1, 0, &error),
        ope_encoder_destroy);
    if (!encoder) return fail(ErrorCode::Invalid, std::string("Opus: ") + ope_strerror(error));
    ope_encoder_ctl(encoder.get(), OPE_SET_SERIALNO(kSerial));
    ope_encoder_ctl(encoder.get(), OPE_SET_COMMENT_PADDING(0));
    ope_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(kOpusBitsPerSecond));
    ope_encoder_ctl(encoder.get(), OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    ope_encoder_ctl(encoder.get(), OPUS_SET_EXPERT_FRAME_DURATION(OPUS_FRAMESIZE_60_MS));
    error = ope_encoder_write_float(encoder.get(), sound.samples.data(),
                                    static_cast<int>(sound.samples.size()));
    if (error == OPE_OK) error = ope_encoder_drain(encoder.get());
    if (error != OPE_OK)
        return fail(ErrorCode::Invalid, std::string("Opus: ") + ope_strerror(error));
    return bytes;
}

Result<Sound> decode_opus(std::string_view bytes) {
    int error = 0;
    const std::unique_ptr<OggOpusFile, decltype(&op_free)> file(
        op_open_memory(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), &error),
        op_free);
    if (!file) return fail(ErrorCode::Corrupt, "no Opus file");
    if (op_channel_count(file.get(), -1) != 1)
        return fail(ErrorCode::Corrupt, "not of one channel");
    const ogg_int64_t total = op_pcm_total(file.get(), -1);
    if (total < 0 || total > static_cast<ogg_int64_t>(kLongestSeconds * kOpusRate))
        return fail(ErrorCode::Corrupt, "longer than a clip can be");
    Sound sound;
    sound.rate = kOpusRate;
    sound.samples.resize(static_cast<std::size_t>(total));
    std::size_t at = 0;
    while (at < sound.samples.size()) {
        const int count = op_read_float(file.get(), sound.samples.data() + at,
                                        static_cast<int>(sound.samples.size() - at), nullptr);
        if (count < 0) return fail(ErrorCode::Corrupt, "damaged Opus packets");
        if (count == 0) break;
        at += static_cast<std::size_t>(count);
    }
    if (at < sound.samples.size()) return fail(ErrorCode::Corrupt, "cut short");
    return sound;
}

}  // namespace machikoe
