#include "sync/export/zip.h"

#include <zlib.h>

#include <array>
#include <fstream>
#include <limits>

#include "sync/export/new_file.h"

namespace machikoe {
namespace {

constexpr std::size_t kBlock = 64u << 10;
constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint16_t kVersion = 20;  // needed to extract: deflate
constexpr std::uint16_t kNamesAreUtf8 = 0x800;
constexpr std::uint16_t kDeflate = 8;
constexpr std::uint16_t kFirstDay = 0x21;  // 1980-01-01, the earliest there is

struct Member {
    std::string name;
    std::uint64_t at = 0, plain = 0, packed = 0;
    std::uint32_t crc = 0;
};

/// Little-endian fields in a row.
class Fields {
  public:
    Fields& u16(std::uint64_t value) { return put(value, 2); }
    Fields& u32(std::uint64_t value) { return put(value, 4); }
    const std::string& bytes() const { return bytes_; }

  private:
    Fields& put(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i) bytes_ += static_cast<char>(value >> (8 * i) & 0xff);
        return *this;
    }
    std::string bytes_;
};

void common(Fields& fields, const Member& member) {
    fields.u16(kVersion).u16(kNamesAreUtf8).u16(kDeflate).u16(0).u16(kFirstDay);
    fields.u32(member.crc).u32(member.packed).u32(member.plain);
    fields.u16(member.name.size()).u16(0);
}

std::string local_header(const Member& member) {
    Fields fields;
    fields.u32(0x04034b50);
    common(fields, member);
    return fields.bytes() + member.name;
}

std::string directory_entry(const Member& member) {
    Fields fields;
    fields.u32(0x02014b50).u16(kVersion);
    common(fields, member);
    fields.u16(0).u16(0).u16(0).u32(0).u32(member.at);
    return fields.bytes() + member.name;
}

/// RAII around zlib's stream; raw deflate, without zlib's own header.
struct Deflater {
    z_stream stream{};
    bool is_ready = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                                 Z_DEFAULT_STRATEGY) == Z_OK;
    Deflater() = default;
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream); }
};

Status pack(const std::filesystem::path& file, std::ostream& out, Member& member,
            const std::function<Status()>& each_block) {
    std::ifstream in(file, std::ios::binary);
    Deflater deflater;
    if (!in || !deflater.is_ready)
        return fail(ErrorCode::Unavailable, file.string() + ": cannot be read");
    std::array<char, kBlock> plain, packed;
    uLong crc = crc32(0, nullptr, 0);
    for (bool is_last = false; !is_last;) {
        if (Status wanted = each_block(); !wanted) return wanted;
        in.read(plain.data(), plain.size());
        if (in.bad()) return fail(ErrorCode::Unavailable, file.string() + ": cannot be read");
        const auto size = static_cast<uInt>(in.gcount());
        is_last = in.eof();
        crc = crc32(crc, reinterpret_cast<const Bytef*>(plain.data()), size);
        member.plain += size;
        deflater.stream.next_in = reinterpret_cast<Bytef*>(plain.data());
        deflater.stream.avail_in = size;
        do {
            deflater.stream.next_out = reinterpret_cast<Bytef*>(packed.data());
            deflater.stream.avail_out = packed.size();
            deflate(&deflater.stream, is_last ? Z_FINISH : Z_NO_FLUSH);
            const std::size_t made = packed.size() - deflater.stream.avail_out;
            out.write(packed.data(), static_cast<std::streamsize>(made));
            member.packed += made;
        } while (deflater.stream.avail_out == 0);
        if (!out) return fail(ErrorCode::Unavailable, "the disk is full, or gone");
        if (member.plain > kMost || member.at + member.packed > kMost)
            return fail(ErrorCode::Invalid, "more than a zip file can hold");
    }
    member.crc = static_cast<std::uint32_t>(crc);
    return {};
}

}  // namespace

Status write_zip(const std::filesystem::path& zip, const std::vector<std::filesystem::path>& files,
                 const std::function<Status()>& each_block) {
    NewFile made(zip);
    std::ostream& out = made.stream();
    std::vector<Member> members;
    for (const std::filesystem::path& file : files) {
        Member member{file.filename().string(), static_cast<std::uint64_t>(out.tellp()), 0, 0, 0};
        out << local_header(member);
        if (Status packed = pack(file, out, member, each_block); !packed) return packed;
        const auto end = out.tellp();
        out.seekp(static_cast<std::streamoff>(member.at));
        out << local_header(member);  // now that sizes and checksum are known
        out.seekp(end);
        members.push_back(std::move(member));
    }
    const auto begin = static_cast<std::uint64_t>(out.tellp());
    for (const Member& member : members) out << directory_entry(member);
    const auto size = static_cast<std::uint64_t>(out.tellp()) - begin;
    if (begin + size > kMost) return fail(ErrorCode::Invalid, "more than a zip file can hold");
    Fields end;
    end.u32(0x06054b50).u16(0).u16(0).u16(members.size()).u16(members.size());
    end.u32(size).u32(begin).u16(0);
    out << end.bytes();
    return made.commit();
}

}  // namespace machikoe
