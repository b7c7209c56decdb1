/// Cuts chunks into lines in bounded memory: a line inside one chunk is handed on without being copied.
struct LineSplitter {
    private let limit: Int
    private var carried: [UInt8] = []
    private var isSkipping = false
    /// Lines seen so far.
    private(set) var count = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// A line without its end (`LF` or `CRLF`), or the beginning of one that is too long.
    struct Line {
        var number: Int
        var bytes: UnsafeBufferPointer<UInt8>
        var isTooLong: Bool
    }

    mutating func push<Failure: Error>(
        _ chunk: UnsafeBufferPointer<UInt8>, _ body: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        for index in chunk.indices where chunk[index] == UInt8(ascii: "\n") {
            try end(UnsafeBufferPointer(rebasing: chunk[start..<index]), body)
            start = index + 1
        }
        let rest = chunk[start...]
        guard !rest.isEmpty, !isSkipping else { return }
        if carried.count + rest.count > limit {
            carried.append(contentsOf: rest.prefix(limit - carried.count))
            try tooLong(body)
        } else {
            carried.append(contentsOf: rest)
        }
    }

    /// The last line need not have an end.
    mutating func finish<Failure: Error>(_ body: (Line) throws(Failure) -> Void) throws(Failure) {
        guard isSkipping || !carried.isEmpty else { return }
        try end(UnsafeBufferPointer(start: nil, count: 0), body)
    }

    private mutating func end<Failure: Error>(
        _ tail: UnsafeBufferPointer<UInt8>, _ body: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        if isSkipping {
            isSkipping = false
            return
        }
        if carried.isEmpty {
            count += 1
            return try body(line(tail.count <= limit ? tail : .init(rebasing: tail[..<limit]), tail.count > limit))
        }
        let isTooLong = carried.count + tail.count > limit
        carried.append(contentsOf: tail.prefix(limit - carried.count))
        count += 1
        try emitCarried(isTooLong: isTooLong, body)
    }

    private mutating func tooLong<Failure: Error>(_ body: (Line) throws(Failure) -> Void) throws(Failure) {
        isSkipping = true
        count += 1
        try emitCarried(isTooLong: true, body)
    }

    private mutating func emitCarried<Failure: Error>(
        isTooLong: Bool, _ body: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        let whole = carried
        carried.removeAll(keepingCapacity: false)
        let result: Result<Void, Failure> = whole.withUnsafeBufferPointer { bytes in
            do throws(Failure) {
                return .success(try body(line(bytes, isTooLong)))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        carried = whole
        carried.removeAll(keepingCapacity: true)
    }

    private func line(_ bytes: UnsafeBufferPointer<UInt8>, _ isTooLong: Bool) -> Line {
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\r") { bytes = .init(rebasing: bytes.dropLast()) }
        if count == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = .init(rebasing: bytes.dropFirst(3)) }
        return Line(number: count, bytes: bytes, isTooLong: isTooLong)
    }
}
