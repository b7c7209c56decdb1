#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// SQLite reads a write-ahead file up to the first frame whose checksum is wrong, and takes that for the end: so it must be
/// when power is lost in the middle of a write. But when a frame further up is damaged, everything behind it, synced and
/// acknowledged long ago, is silently gone. For a log that has promised its contents to others that is worse than none.
extension WriteAheadFile {
    /// Looks whether what follows the first wrong frame can't be the rest of one write that was cut short. O(size of the file):
    /// as much as SQLite itself reads when it opens it.
    ///
    /// Only for a database that syncs each commit before the next begins (`synchronous=FULL`): there a frame behind a commit
    /// behind a wrong frame proves that the wrong one was on the disk before. Damage in the last transaction, to the file's
    /// header, or that cuts the file short can't be told from a write that was cut short.
    ///
    /// - Throws: ``StoreError/corrupt(file:detail:)``; nothing is changed.
    static func checkSynced(of database: String) throws(StoreError) {
        let path = database + "-wal"
        guard Disk.exists(path) else { return }
        guard let file = FrameReader(try ReadableFile(path)) else { return }
        var checksum = file.checksum
        var position = 0
        while let frame = file.frame(position), file.isOfThisRound(frame) {
            let next = file.checksum(of: frame, after: checksum)
            guard next == FrameReader.Checksum(frame, at: 16) else { break }
            checksum = next
            position += 1
        }
        let first = position
        var sawCommit = false
        while let frame = file.frame(position) {
            if file.isOfThisRound(frame) {
                if sawCommit {
                    throw .corrupt(
                        file: path, detail: "frame \(first + 1) is not what was written, and others follow that are")
                }
                sawCommit = file.isCommit(frame)
            }
            position += 1
        }
    }
}

/// The frames of a write-ahead file (SQLite, "The Database File Format", section 4).
private struct FrameReader {
    struct Checksum: Equatable {
        var first: UInt32
        var second: UInt32

        init(first: UInt32, second: UInt32) {
            self.first = first
            self.second = second
        }

        /// As it is stored at that offset.
        init(_ bytes: [UInt8], at offset: Int) {
            first = FrameReader.number(bytes, offset)
            second = FrameReader.number(bytes, offset + 4)
        }
    }

    private static let headerBytes = 32
    private static let frameHeaderBytes = 24
    private static let magic: UInt32 = 0x377F_0682

    private let file: ReadableFile
    private let pageBytes: Int
    private let isBigEndian: Bool
    private let salts: Checksum
    /// With which the first frame's begins.
    let checksum: Checksum

    /// `nil` when there is no header, or not a valid one: SQLite makes nothing of such a file.
    init?(_ file: ReadableFile) {
        guard let header = file.bytes(at: 0, count: Self.headerBytes) else { return nil }
        self.file = file
        let magic = Self.number(header, 0)
        pageBytes = Int(Self.number(header, 8))
        guard magic & ~1 == Self.magic, pageBytes >= 512, pageBytes <= 65_536 else { return nil }
        isBigEndian = magic & 1 == 1
        salts = Checksum(header, at: 16)
        checksum = Self.sum(header[..<24], after: Checksum(first: 0, second: 0), isBigEndian)
        guard checksum == Checksum(header, at: 24) else { return nil }
    }

    /// The frame of that number, from 0 on; `nil` behind the last whole one.
    func frame(_ position: Int) -> [UInt8]? {
        let bytes = Self.frameHeaderBytes + pageBytes
        return file.bytes(at: Self.headerBytes + position * bytes, count: bytes)
    }

    /// Whether it was written since the file was last begun anew: what is left of an earlier round has other salts.
    func isOfThisRound(_ frame: [UInt8]) -> Bool { Checksum(frame, at: 8) == salts }

    func isCommit(_ frame: [UInt8]) -> Bool { Self.number(frame, 4) != 0 }

    func checksum(of frame: [UInt8], after previous: Checksum) -> Checksum {
        let head = Self.sum(frame[..<8], after: previous, isBigEndian)
        return Self.sum(frame[Self.frameHeaderBytes...], after: head, isBigEndian)
    }

    private static func sum(_ bytes: ArraySlice<UInt8>, after previous: Checksum, _ isBigEndian: Bool) -> Checksum {
        var sum = previous
        bytes.withUnsafeBytes { raw in
            for offset in stride(from: 0, to: raw.count - 7, by: 8) {
                let first = raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let second = raw.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                sum.first &+= (isBigEndian ? UInt32(bigEndian: first) : UInt32(littleEndian: first)) &+ sum.second
                sum.second &+= (isBigEndian ? UInt32(bigEndian: second) : UInt32(littleEndian: second)) &+ sum.first
            }
        }
        return sum
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
