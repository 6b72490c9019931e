"""The doors of HTTP and of the chat page; the only package that imports gradio."""
