import CheckClient
import Foundation

/// A file, or standard input, piece by piece.
struct FilePieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    private let handle: FileHandle
    private let progress: @Sendable (Int) -> Void

    /// Opens the file; `-` is standard input.
    init(path: String, progress: @escaping @Sendable (Int) -> Void) throws {
        guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path) else {
            throw CommandFailure("cannot read \(path); check its name and permissions")
        }
        self.handle = handle
        self.progress = progress
    }

    func makeAsyncIterator() -> Iterator { Iterator(handle: handle, progress: progress) }

    struct Iterator: AsyncIteratorProtocol {
        let handle: FileHandle
        let progress: @Sendable (Int) -> Void
        var sent = 0

        mutating func next() async throws -> [UInt8]? {
            guard let piece = try handle.read(upToCount: Limits.pieceBytes), !piece.isEmpty else { return nil }
            sent += piece.count
            progress(sent)
            return Array(piece)
        }
    }
}
