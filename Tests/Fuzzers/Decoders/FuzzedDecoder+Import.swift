import Node

/// Streams of users.
extension FuzzedDecoder {
    static let csv = stream("csv", .csv(CSVDecoder()))
    static let ndjson = stream("ndjson", .ndjson(NDJSONDecoder()))

    /// A stream in chunks, of as many bytes as the first one says: the rows are those that it has in one piece.
    private static func stream(_ name: String, _ decoder: ImportDecoder) -> FuzzedDecoder {
        FuzzedDecoder(name) { bytes throws(BrokenPromise) in
            guard let size = bytes.first else { return }
            let content = Array(bytes.dropFirst())
            let whole = read(content, by: decoder, inChunksOf: max(content.count, 1))
            let pieces = read(content, by: decoder, inChunksOf: Int(size) + 1)
            try expect(whole.batch == pieces.batch, "the chunks do not matter")
            try expect(whole.error == pieces.error, "the chunks do not matter to what is wrong")
        }
    }

    private static func read(
        _ content: [UInt8], by decoder: ImportDecoder, inChunksOf size: Int
    ) -> (batch: ImportBatch, error: ImportError?) {
        var decoder = decoder
        var batch = ImportBatch()
        do throws(ImportError) {
            for start in stride(from: 0, to: content.count, by: size) {
                let chunk = Array(content[start..<min(start + size, content.count)])
                let result: Result<Void, ImportError> = chunk.withUnsafeBytes { bytes in
                    do throws(ImportError) {
                        return .success(try decoder.push(bytes, into: &batch))
                    } catch {
                        return .failure(error)
                    }
                }
                try result.get()
            }
            try decoder.finish(into: &batch)
            return (batch, nil)
        } catch {
            return (batch, error)
        }
    }
}
