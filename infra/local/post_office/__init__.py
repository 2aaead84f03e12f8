"""The local post office: stands for SES, keeps every letter, and can be told to fail as SES does."""
