import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The system's calls, under names that the methods below do not hide.
private let systemOpen: @Sendable (String, Int32, mode_t) -> Int32 = { open($0, $1, $2) }
private let systemClose: @Sendable (Int32) -> Int32 = { close($0) }
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = { read($0, $1, $2) }
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }

/// The system refused something about a file.
struct DiskError: Error, CustomStringConvertible {
    let path: String
    let code: Int32

    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// An open file whose calls wait for the disk on NIO's threads for that, not on an event loop.
struct DiskFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens a file to be read.
    static func reading(_ path: String) async throws -> DiskFile {
        try await open(path, O_RDONLY | O_CLOEXEC, 0)
    }

    /// Makes a new file, this user's alone.
    static func creating(_ path: String) async throws -> DiskFile {
        try await open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }

    /// Makes what happened to a folder's files durable.
    static func syncFolder(_ path: String) async throws {
        let folder = try await open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        defer { folder.close() }
        try await folder.sync()
    }

    private static func open(_ path: String, _ flags: Int32, _ mode: mode_t) async throws -> DiskFile {
        try await onDiskThread {
            let descriptor = systemOpen(path, flags, mode)
            guard descriptor >= 0 else { throw DiskError(path: path, code: errno) }
            return DiskFile(path: path, descriptor: descriptor)
        }
    }

    /// Up to so many bytes; empty at the end.
    func read(_ count: Int) async throws -> ByteBuffer {
        try await Self.onDiskThread {
            var buffer = ByteBuffer()
            let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
                max(0, systemRead(descriptor, space.baseAddress, min(count, space.count)))
            }
            // Told apart by asking again at the end: an error repeats itself, the end stays the end.
            if read == 0 {
                var byte: UInt8 = 0
                if systemRead(descriptor, &byte, 1) < 0 { throw DiskError(path: path, code: errno) }
            }
            return buffer
        }
    }

    func write(_ bytes: ByteBuffer) async throws {
        try await Self.onDiskThread {
            try bytes.withUnsafeReadableBytes { all in
                var rest = all[...]
                while !rest.isEmpty {
                    let written = systemWrite(
                        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    guard written > 0 else { throw DiskError(path: path, code: errno) }
                    rest = rest.dropFirst(written)
                }
            }
        }
    }

    func sync() async throws {
        try await Self.onDiskThread {
            guard fsync(descriptor) == 0 else { throw DiskError(path: path, code: errno) }
        }
    }

    /// To be called once.
    func close() { _ = systemClose(descriptor) }

    private static func onDiskThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await NIOThreadPool.singleton.runIfActive(body)
    }
}
