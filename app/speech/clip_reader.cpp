#include "app/speech/clip_reader.h"

#include <opus/opusfile.h>

#include <algorithm>
#include <cmath>

#include "app/base/file.h"

namespace machikoe {
namespace {

constexpr std::uintmax_t kLargestClip = 16u << 20;  // an hour and a half at 24 kbit/s
constexpr int kOpusFileRate = 48'000;               // of whatever opusfile decodes
constexpr int kSlowestPcm = 8'000, kFastestPcm = 96'000;

struct CloseOpus {
    void operator()(OggOpusFile* file) const { op_free(file); }
};

class OpusReader final : public ClipReader {
  public:
    OpusReader(std::string bytes, std::string name)
        : bytes_(std::move(bytes)), name_(std::move(name)) {}

    Status open() {
        file_.reset(op_open_memory(reinterpret_cast<const unsigned char*>(bytes_.data()),
                                   bytes_.size(), nullptr));
        if (!file_) return fail(ErrorCode::Corrupt, name_ + ": no Opus file");
        for (int link = 0; link < op_link_count(file_.get()); ++link)
            if (op_channel_count(file_.get(), link) != 1)
                return fail(ErrorCode::Corrupt, name_ + ": not of one channel");
        return {};
    }

    int rate() const override { return kOpusFileRate; }

    void seek(Milliseconds position) override {
        const ogg_int64_t total = op_pcm_total(file_.get(), -1);
        const ogg_int64_t to =
            std::min<ogg_int64_t>(total, position.count() * kOpusFileRate / 1000);
        if (total >= 0) op_pcm_seek(file_.get(), std::max<ogg_int64_t>(to, 0));
    }

    Result<std::size_t> read(std::span<std::int16_t> to) override {
        if (is_over_) return std::size_t{0};
        const int count = op_read(file_.get(), to.data(), static_cast<int>(to.size()), nullptr);
        if (count >= 0) return static_cast<std::size_t>(count);
        // Behind a hole there may be more; behind any other error opusfile promises nothing.
        is_over_ = count != OP_HOLE;
        return fail(ErrorCode::Corrupt, name_ + ": damaged");
    }

  private:
    std::string bytes_;  // before file_, which reads from it
    std::string name_;
    std::unique_ptr<OggOpusFile, CloseOpus> file_;
    bool is_over_ = false;
};

class PcmReader final : public ClipReader {
  public:
    explicit PcmReader(const Pcm& pcm) : pcm_(pcm) {}

    int rate() const override { return pcm_.rate; }

    void seek(Milliseconds position) override {
        const auto to = static_cast<std::size_t>(std::max<std::int64_t>(position.count(), 0)) *
                        static_cast<std::size_t>(pcm_.rate) / 1000;
        at_ = std::min(to, pcm_.samples.size());
    }

    Result<std::size_t> read(std::span<std::int16_t> to) override {
        const std::size_t count = std::min(to.size(), pcm_.samples.size() - at_);
        for (std::size_t i = 0; i < count; ++i) {
            const float sample = pcm_.samples[at_ + i];
            // NaN would be anything as an integer.
            const float bounded = std::isnan(sample) ? 0.0F : std::clamp(sample, -1.0F, 1.0F);
            to[i] = static_cast<std::int16_t>(std::lround(bounded * 32'767));
        }
        at_ += count;
        return count;
    }

  private:
    const Pcm& pcm_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ClipReader>> open_clip(const SpeechClip& clip) {
    if (const Pcm* pcm = std::get_if<Pcm>(&clip)) {
        if (pcm->rate < kSlowestPcm || pcm->rate > kFastestPcm)
            return fail(ErrorCode::Invalid, "samples at an odd rate");
        return std::make_unique<PcmReader>(*pcm);
    }
    const auto& path = std::get<std::filesystem::path>(clip);
    Result<std::string> bytes = load_file(path, kLargestClip);
    if (!bytes) return tl::unexpected(bytes.error());
    auto reader = std::make_unique<OpusReader>(std::move(*bytes), path.string());
    if (Status opened = reader->open(); !opened) return tl::unexpected(opened.error());
    return reader;
}

}  // namespace machikoe
